"use strict";
// Says what it hears: what grammY and the way to it and back cost when there is nothing to think about.

const { Bot } = require("grammy");
const { serve } = require("./serve.js");

const bot = new Bot(process.env.TELEGRAM_BOT_TOKEN, { client: { apiRoot: process.env.TELEGRAM_API_URL } });
bot.on("message:text", (context) => context.reply(context.message.text));
serve(bot);
