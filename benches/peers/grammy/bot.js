"use strict";
// A bot for administrative procedures as one would write it in a day: grammY, node:http, SQLite FTS5.

const { Bot, InlineKeyboard } = require("grammy");
const { serve } = require("./serve.js");
const { ASKING, Store, words } = require("./store.js");

const GREETING = "Xin chào! Bạn cần làm thủ tục gì? Hãy gõ như bạn hay nói, có dấu hay không đều được.";
const UNKNOWN = "Tôi chưa tìm thấy thủ tục này. Bạn thử gõ tên giấy tờ cần làm nhé.";
const ABSENT = "Chưa có thông tin; bạn hỏi nơi nộp hồ sơ nhé.";
// Sections of a guide, their buttons, and the words that ask for them.
const SECTIONS = { documents: "Giấy tờ", steps: "Các bước", fees: "Lệ phí" };
const ASKED = { giay: "documents", ho: "documents", so: "documents", buoc: "steps", le: "fees", phi: "fees", tien: "fees" };
// Telegram takes 4,096 letters; tags and the title need some of them.
const LONGEST = 3500;

const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

function keyboard(guide, others) {
  const keys = new InlineKeyboard();
  for (const [name, label] of Object.entries(SECTIONS)) keys.text(label, `${name}:${guide.code}`);
  for (const other of others) keys.row().text(other.title.slice(0, 60), `guide:${other.code}`);
  return keys;
}

function overview(guide) {
  const fees = escape(guide.fees.slice(0, 1000) || ABSENT);
  return `<b>${escape(guide.title)}</b>\n${escape(guide.summary)}\n\n<b>Lệ phí</b>\n${fees}`;
}

function section(guide, name) {
  const text = escape(guide[name].slice(0, LONGEST) || ABSENT);
  return `<b>${escape(guide.title.slice(0, 300))}</b>\n<b>${SECTIONS[name]}</b>\n${text}`;
}

const setting = process.env;
const store = new Store(setting.DATABASE, setting.CORPUS, setting.SYNCHRONOUS ?? "NORMAL");
const bot = new Bot(setting.TELEGRAM_BOT_TOKEN, { client: { apiRoot: setting.TELEGRAM_API_URL } });
const html = (keys) => ({ parse_mode: "HTML", reply_markup: keys });

bot.command("start", (context) => context.reply(GREETING));

bot.on("message:text", async (context) => {
  const text = context.message.text;
  const asked = words(text);
  const wanted = ASKED[asked.find((word) => word in ASKED)];
  const topic = store.topic(context.chat.id);
  // Nothing but "what does it cost?": about what was talked of last.
  const follows = wanted && topic && asked.every((word) => word in ASKED || ASKING.has(word));
  const [best, ...others] = follows ? [store.guide(topic)] : store.search(asked);
  store.note(context.update.update_id, context.chat.id, text, best?.code ?? null);
  if (!best) return context.reply(UNKNOWN);
  await context.reply(follows ? section(best, wanted) : overview(best), html(keyboard(best, others)));
});

bot.on("message", (context) => context.reply(GREETING));

bot.on("callback_query:data", async (context) => {
  await context.answerCallbackQuery();
  const [name, code] = context.callbackQuery.data.split(":");
  const guide = store.guide(code);
  if (!guide || !context.chat) return;
  store.note(context.update.update_id, context.chat.id, context.callbackQuery.data, code);
  await context.reply(name in SECTIONS ? section(guide, name) : overview(guide), html(keyboard(guide, [])));
});

serve(bot);
