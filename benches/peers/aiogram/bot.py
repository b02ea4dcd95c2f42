"""A bot for administrative procedures as one would write it in a day: aiogram 3, aiohttp, SQLite FTS5."""

import asyncio
import html
import os
import secrets
import sqlite3

import uvloop
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from store import ASKING, Store, words

GREETING = "Xin chào! Bạn cần làm thủ tục gì? Hãy gõ như bạn hay nói, có dấu hay không đều được."
UNKNOWN = "Tôi chưa tìm thấy thủ tục này. Bạn thử gõ tên giấy tờ cần làm nhé."
ABSENT = "Chưa có thông tin; bạn hỏi nơi nộp hồ sơ nhé."
# Sections of a guide, their buttons, and the words that ask for them.
SECTIONS = {"documents": "Giấy tờ", "steps": "Các bước", "fees": "Lệ phí"}
ASKED = {"giay": "documents", "ho": "documents", "so": "documents", "buoc": "steps", "le": "fees", "phi": "fees", "tien": "fees"}
# Telegram takes 4,096 letters; tags and the title need some of them.
LONGEST = 3500

dispatcher = Dispatcher()


def keyboard(guide: sqlite3.Row, others: list[sqlite3.Row]) -> InlineKeyboardMarkup:
    sections = [InlineKeyboardButton(text=label, callback_data=f"{name}:{guide['code']}") for name, label in SECTIONS.items()]
    rows = [[InlineKeyboardButton(text=other["title"][:60], callback_data=f"guide:{other['code']}")] for other in others]
    return InlineKeyboardMarkup(inline_keyboard=[sections, *rows])


def overview(guide: sqlite3.Row) -> str:
    fees = html.escape(guide["fees"][:1000] or ABSENT)
    return f"<b>{html.escape(guide['title'])}</b>\n{html.escape(guide['summary'])}\n\n<b>Lệ phí</b>\n{fees}"


def section(guide: sqlite3.Row, name: str) -> str:
    text = html.escape(guide[name][:LONGEST] or ABSENT)
    return f"<b>{html.escape(guide['title'][:300])}</b>\n<b>{SECTIONS[name]}</b>\n{text}"


@dispatcher.message(CommandStart())
async def start(message: Message) -> None:
    await message.answer(GREETING)


@dispatcher.message(F.text)
async def question(message: Message, event_update: Update, store: Store) -> None:
    asked = words(message.text)
    wanted = next((ASKED[word] for word in asked if word in ASKED), None)
    topic = store.topic(message.chat.id)
    # Nothing but "what does it cost?": about what was talked of last.
    follows = wanted and topic and all(word in ASKED or word in ASKING for word in asked)
    hits = [store.guide(topic)] if follows else store.search(asked)
    store.note(event_update.update_id, message.chat.id, message.text, hits[0]["code"] if hits else None)
    if not hits:
        await message.answer(UNKNOWN)
        return
    best, *others = hits
    await message.answer(section(best, wanted) if follows else overview(best), reply_markup=keyboard(best, others))


@dispatcher.message()
async def anything_else(message: Message) -> None:
    await message.answer(GREETING)


@dispatcher.callback_query(F.data)
async def pressed(query: CallbackQuery, event_update: Update, store: Store) -> None:
    await query.answer()
    name, _, code = query.data.partition(":")
    guide = store.guide(code)
    if guide is None or query.message is None:
        return
    store.note(event_update.update_id, query.message.chat.id, query.data, code)
    text = section(guide, name) if name in SECTIONS else overview(guide)
    await query.message.answer(text, reply_markup=keyboard(guide, []))


def main() -> None:
    setting = os.environ
    store = Store(setting["DATABASE"], setting["CORPUS"], setting.get("SYNCHRONOUS", "NORMAL"))
    session = AiohttpSession(api=TelegramAPIServer.from_base(setting["TELEGRAM_API_URL"]))
    bot = Bot(setting["TELEGRAM_BOT_TOKEN"], session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    secret = secrets.token_urlsafe(32)

    async def tell_telegram(bot: Bot) -> None:
        await bot.set_webhook("https://example.org/hook", secret_token=secret)

    dispatcher.startup.register(tell_telegram)
    app = web.Application()
    # As the documentation's example has it, an update is acknowledged before it is handled; ACKNOWLEDGE=after waits for the answer.
    background = setting.get("ACKNOWLEDGE") != "after"
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=background, secret_token=secret, store=store)
    handler.register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    web.run_app(app, host="127.0.0.1", port=int(setting["PORT"]), print=None, access_log=None)


main()
