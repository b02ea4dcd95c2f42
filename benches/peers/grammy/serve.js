"use strict";
// The webhook, as the documentation has it: an update is acknowledged when its handler is done.

const crypto = require("node:crypto");
const http = require("node:http");
const { webhookCallback } = require("grammy");

async function serve(bot) {
  const secret = crypto.randomBytes(24).toString("base64url");
  const handle = webhookCallback(bot, "http", { secretToken: secret });
  // An update whose handler fails is not acknowledged, and Telegram brings it again.
  const failed = (response) => (error) => {
    console.error(error);
    response.writeHead(500).end();
  };
  const server = http.createServer((request, response) => {
    if (request.method === "POST" && request.url === "/hook") return handle(request, response).catch(failed(response));
    response.writeHead(404).end();
  });
  server.listen(Number(process.env.PORT), "127.0.0.1");
  await bot.api.setWebhook("https://example.org/hook", { secret_token: secret });
}

module.exports = { serve };
