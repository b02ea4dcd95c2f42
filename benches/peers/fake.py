"""A Telegram that takes any call and brings updates by webhook, on bare asyncio protocols.

It shares the machine with the bot that is measured, so it must cost little: an HTTP library would take more time than some bots.
"""

import asyncio
import itertools
import json
import re
import time
from collections.abc import Callable
from urllib.parse import parse_qsl

TOKEN = "1:bench"
CONNECTIONS = 40
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
PART = re.compile(rb'name="?([^";\r\n]+)"?[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', re.DOTALL)
ME = {
    "id": 1, "is_bot": True, "first_name": "M", "username": "m_bot", "can_join_groups": True, "can_read_all_group_messages": False,
    "supports_inline_queries": False, "can_connect_to_business": False, "has_main_web_app": False,
}


class Wire(asyncio.Protocol):
    """Cuts a kept connection into HTTP messages, of either direction."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport, self.buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (message := self._take()) is not None:
            self.got(*message)

    def got(self, head: bytes, body: bytes) -> None:
        raise NotImplementedError

    def _take(self) -> tuple[bytes, bytes] | None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head, at = self.buffer[: end + 2], end + 4
        if CHUNKED.search(head):
            return self._chunks(head, at)
        length = LENGTH.search(head)
        stop = at + (int(length[1]) if length else 0)
        if len(self.buffer) < stop:
            return None
        body, self.buffer = self.buffer[at:stop], self.buffer[stop:]
        return head, body

    def _chunks(self, head: bytes, at: int) -> tuple[bytes, bytes] | None:
        body = b""
        while (line := self.buffer.find(b"\r\n", at)) >= 0:
            size = int(self.buffer[at:line].split(b";")[0], 16)
            at = line + 2 + size + 2
            if len(self.buffer) < at:
                return None
            body += self.buffer[line + 2 : at - 2]
            if size == 0:
                self.buffer = self.buffer[at:]
                return head, body
        return None


def fields(head: bytes, body: bytes) -> dict:
    """Parameters of a call; each library sends its own kind of body."""
    kind = head.lower()
    if b"multipart/form-data" in kind:
        return {name.decode(): value.decode() for name, value in PART.findall(body)}
    if b"x-www-form-urlencoded" in kind:
        return dict(parse_qsl(body.decode()))
    return json.loads(body) if body else {}


class Telegram:
    """What the bots say, and the secret that they gave."""

    def __init__(self, connections: int | None = None) -> None:
        self.secret: str | None = None
        # How many updates are handed over at once: as we were told, or as setWebhook asks, or Telegram's own 40.
        self.connections = connections
        self.doors = asyncio.Semaphore(connections or CONNECTIONS)
        self.handed_over = 0
        self.messages = 0
        self.heard: Callable[[int, str], None] = lambda chat, text: None
        self.waiting: dict[int, asyncio.Future[float]] = {}

    async def listen(self) -> str:
        server = await asyncio.get_running_loop().create_server(lambda: Called(self), "127.0.0.1", 0)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def call(self, method: str, given: dict) -> object:
        if method == "sendmessage":
            chat = int(given["chat_id"])
            self.messages += 1
            self.heard(chat, given.get("text", ""))
            if (citizen := self.waiting.pop(chat, None)) and not citizen.done():
                citizen.set_result(time.perf_counter())
            return {"message_id": self.messages, "date": 1, "chat": {"id": chat, "type": "private", "first_name": "A"}, "text": "a"}
        if method == "getme":
            return ME
        if method == "setwebhook":
            self.secret = given["secret_token"]
            self.doors = asyncio.Semaphore(self.connections or int(given.get("max_connections", CONNECTIONS)))
        return True


class Called(Wire):
    """One connection of a bot."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def got(self, head: bytes, body: bytes) -> None:
        method = head.split(b" ", 2)[1].split(b"?")[0].rsplit(b"/", 1)[1].decode().lower()
        answer = json.dumps({"ok": True, "result": self.telegram.call(method, fields(head, body))}).encode()
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)


class Reply(Wire):
    """One connection to a bot: the status of what was posted, or that it was cut."""

    def __init__(self) -> None:
        self.status: asyncio.Future[int] | None = None

    def got(self, head: bytes, body: bytes) -> None:
        if self.status and not self.status.done():
            self.status.set_result(int(head[9:12]))

    def connection_lost(self, error: Exception | None) -> None:
        if self.status and not self.status.done():
            self.status.set_exception(ConnectionResetError("the bot is gone"))


class Line:
    """Brings updates to a bot one after another, on a connection that is kept."""

    numbers = itertools.count(1)

    def __init__(self, telegram: Telegram, port: int) -> None:
        self.telegram, self.port = telegram, port
        self.wire: Reply | None = None

    async def bring(self, update: bytes) -> bool:
        """Whether the bot acknowledged it; OSError when nobody listens or the connection is cut."""
        async with self.telegram.doors:
            loop = asyncio.get_running_loop()
            if self.wire is None or self.wire.transport.is_closing():
                _, self.wire = await loop.create_connection(Reply, "127.0.0.1", self.port)
            self.wire.status = loop.create_future()
            head = (
                f"POST /hook HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                f"X-Telegram-Bot-Api-Secret-Token: {self.telegram.secret}\r\nContent-Length: {len(update)}\r\n\r\n"
            )
            self.wire.transport.write(head.encode() + update)
            self.telegram.handed_over += 1
            try:
                return 200 <= await self.wire.status < 300
            finally:
                self.telegram.handed_over -= 1


def said(chat: int, text: str) -> bytes:
    """An update: somebody wrote to the bot."""
    number = next(Line.numbers)
    person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "vi"}
    message = {"message_id": number, "date": 1, "text": text, "chat": {"id": chat, "type": "private", "first_name": "A"}, "from": person}
    return json.dumps({"update_id": number, "message": message}).encode()
