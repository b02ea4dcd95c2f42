"""Talks with our fakes of Zalo's services through clients that others wrote.

Usage: zalo_sdks.py BOT_URL BOT_TOKEN OA_URL APP_ID APP_SECRET ACCESS REFRESH USER. Exits with an assertion when a client and a
fake do not understand one another.
"""

import asyncio
import sys

import requests
import zalo_bot
import zalo_sdk
import zalo_sdk.oa
from pyzalo.main import PyZALO

BOT_URL, TOKEN, OA_URL, APP, SECRET, ACCESS, REFRESH, USER = sys.argv[1:]


def refused(call, *words):
    try:
        call()
    except Exception as error:  # noqa: BLE001 - each client has its own
        assert any(word in str(error) for word in words), error
    else:
        raise AssertionError("not refused")


async def python_zalo_bot():
    async with zalo_bot.Bot(TOKEN, base_url=BOT_URL) as bot:
        me = await bot.get_me()
        assert me.id == "1234567890", me
        update = await bot.get_update(timeout=5)
        assert update.message.text == "xin chào", update
        sent = await bot.send_message(chat_id=update.message.chat.id, text="chào bạn (form)")
        assert sent.message_id, sent


def pyzalo():
    bot = PyZALO(TOKEN, base_url=BOT_URL)
    assert bot.getMe()["result"]["account_name"]
    update = bot.getUpdates(timeout=5)
    assert update["ok"] and update["result"]["event_name"] == "message.text.received", update
    assert bot.sendMessage("a1", "chào bạn (json)")["ok"]
    assert bot.sendMessage("a1", "a" * 2001)["error_code"] == 400
    assert bot.getUpdates(timeout=1)["error_code"] == 408
    assert PyZALO("1:wrong", base_url=BOT_URL).getMe()["error_code"] == 401
    assert bot.setWebhook("https://hoi.example/zalo-bot", "secret-of-8")["ok"]
    assert not bot.getUpdates(timeout=1)["ok"], "no polling beside a webhook"
    assert bot.deleteWebhook()["ok"]


def official_account():
    # This client has the address of the token service written into it.
    real_post = requests.post
    requests.post = lambda url, **more: real_post(url.replace("https://oauth.zaloapp.com", OA_URL), **more)
    client = zalo_sdk.oa.Client(APP, SECRET, access_token=ACCESS, refresh_token=REFRESH, endpoint_prefix=OA_URL)
    to = zalo_sdk.oa.ZaloRecipient(user_id=USER)
    words = zalo_sdk.oa.ZaloMessageBody(text="chào bạn (sdk)")
    sent = client.send_message(to, words)
    assert sent["data"]["message_id"] and sent["data"]["user_id"] == USER, sent
    assert int(client.get_zalo_user_quotas(USER)["data"]["last_interaction"]) > 0
    refused(lambda: client.send_message(zalo_sdk.oa.ZaloRecipient(user_id="1"), words), "-213")
    refused(lambda: client.send_message(to, zalo_sdk.oa.ZaloMessageBody(text="a" * 2001)), "-210")
    refused(lambda: client.send_message(to, words, category="action"), "-240")
    # A new pair, and the old one is dead: both of its halves.
    client.refresh_acccess_token()
    assert client.refresh_token != REFRESH and client.access_token != ACCESS
    client.send_message(to, words)
    old = zalo_sdk.oa.Client(APP, SECRET, access_token=ACCESS, refresh_token=REFRESH, endpoint_prefix=OA_URL)
    refused(lambda: old.send_message(to, words), "-216")
    refused(old.refresh_acccess_token, "-14020")


asyncio.run(python_zalo_bot())
pyzalo()
official_account()
print("all clients understand the fakes")
