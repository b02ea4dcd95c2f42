"""Drives Motcua and the comparison bots through one fake Telegram, and prints what came of it: README.md tells how to run it."""

import argparse
import asyncio
import itertools
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True  # this folder is sources only

from fake import TOKEN, Line, Telegram, said

HERE = Path(__file__).resolve().parent
# The questions of our own bench, read from it so that they stay the same.
QUESTIONS = re.findall(r'^ +"(.+)",$', (HERE.parent / "house.rs").read_text("utf-8").split("QUESTIONS")[1].split("];")[0], re.MULTILINE)
# Motcua hears 40 messages of a chat at once and 30 a minute: enough chats that nobody is told to slow down.
CHATS = 2000
MOST_OF_CHAT = 30
# A start that takes longer is a failure, and so is an answer.
START = 180
ANSWER = 30
# The kill: so many chats say so many things each, so many of them on the way at once.
KILL_CHATS = 200
KILL_SAYS = 6
IN_FLIGHT = 200
# An answer's arrival must not choose the moment of the kill: what sends in batches would always be hit within one. Seconds.
KILL_WITHIN = 0.2
# A real Telegram waits longer between tries; that would only make the kill test longer.
TRY_AGAIN = 0.1
COUNTED = [
    "updates",
    "on their way",
    "handed over, not acknowledged",
    "acknowledged, not answered",
    "never answered",
    "answered once more",
    "answered out of order",
    "answered with something else",
]

chats = itertools.count(1_000_000)


@dataclass
class Bot:
    name: str
    command: list[str]
    environment: dict[str, str]
    home: Path
    port: int = 0
    process: subprocess.Popen | None = None

    def start(self, telegram: Telegram, api: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = self.port or free.getsockname()[1]
        telegram.secret = None
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "PORT": str(self.port)} | self.environment
        # Nothing of the caller's environment may change a bot, and nothing may be written beside its source.
        settings |= {"PATH": os.environ["PATH"], "HOME": str(self.home), "PYTHONDONTWRITEBYTECODE": "1", "NODE_ENV": "production"}
        settings["MOTCUA_LISTEN"] = f"127.0.0.1:{self.port}"
        log = (self.home / "log").open("ab")
        self.process = subprocess.Popen(
            self.command, env=settings, cwd=self.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )

    def check(self) -> None:
        if self.process.poll() is not None:
            raise SystemExit(f"{self.name} ended by itself:\n{(self.home / 'log').read_text('utf-8')[-2000:]}")

    async def end(self, by: signal.Signals) -> None:
        """Ends the bot with everything it started; Telegram goes on meanwhile, for whoever says a last word."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, by)
            while self.process.poll() is None:
                await asyncio.sleep(0.005)

    def tree(self) -> list[int]:
        pids = [self.process.pid]
        for pid in pids:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                pids += [int(child) for child in children.read_text().split()]
        return pids

    def memory(self) -> tuple[float, float]:
        """Resident and proportional memory in MB; the second does not count shared pages twice."""
        read = lambda file, key: sum(
            int(re.search(rf"^{key}:\s+(\d+)", Path(f"/proc/{pid}/{file}").read_text(), re.MULTILINE)[1]) for pid in self.tree()
        )
        return read("status", "VmRSS") / 1024, read("smaps_rollup", "Pss") / 1024

    def processor(self) -> float:
        """Seconds of processor time so far."""
        stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.tree()]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


@dataclass
class Bench:
    telegram: Telegram
    api: str
    given: argparse.Namespace
    row: dict[str, str] = field(default_factory=dict)

    async def ready(self, bot: Bot) -> float:
        """Starts a bot; seconds until its first answer."""
        began = time.perf_counter()
        bot.start(self.telegram, self.api)
        line, chat = Line(self.telegram, bot.port), next(chats)
        self.telegram.waiting[chat] = answer = asyncio.get_running_loop().create_future()
        while time.perf_counter() < began + START:
            bot.check()
            try:
                # Without a secret there is nobody to bring anything to.
                if self.telegram.secret and await line.bring(said(chat, QUESTIONS[0])):
                    return await asyncio.wait_for(answer, ANSWER) - began
            except OSError:
                pass
            await asyncio.sleep(0.005)
        raise SystemExit(f"{bot.name} did not start: {(bot.home / 'log').read_text('utf-8')[-2000:]}")

    async def load(self, bot: Bot) -> None:
        """Citizens who each wait for their answer before they ask again."""
        given = self.given
        rested, spoken = deque(next(chats) for _ in range(CHATS)), {}
        opens = time.perf_counter() + given.warm_up
        closes = opens + given.seconds
        times, unanswered, peak = [], 0, (0.0, 0.0)

        async def citizen(first: int) -> None:
            nonlocal unanswered
            line = Line(self.telegram, bot.port)
            for number in itertools.count(first):
                asked = time.perf_counter()
                if asked >= closes:
                    return
                chat = rested.popleft()
                self.telegram.waiting[chat] = answer = asyncio.get_running_loop().create_future()
                try:
                    taken = await line.bring(said(chat, given.questions[number % len(given.questions)]))
                    answered = await asyncio.wait_for(answer, ANSWER) if taken else None
                except (OSError, TimeoutError):
                    answered = None
                if answered is None:
                    unanswered += 1
                elif opens <= answered < closes:
                    times.append(answered - asked)
                spoken[chat] = spoken.get(chat, 0) + 1
                rested.append(chat if spoken[chat] < MOST_OF_CHAT else next(chats))

        async def watch() -> None:
            nonlocal peak
            while True:
                peak = tuple(map(max, peak, bot.memory()))
                await asyncio.sleep(1)

        everybody = asyncio.gather(*(citizen(number) for number in range(given.citizens)))
        watching = asyncio.create_task(watch())
        await asyncio.sleep(given.warm_up)
        used, ours, sent = bot.processor(), time.process_time(), self.telegram.messages
        await asyncio.sleep(closes - time.perf_counter())
        used, ours, sent = bot.processor() - used, time.process_time() - ours, self.telegram.messages - sent
        await everybody
        watching.cancel()
        bot.check()
        if not times:
            raise SystemExit(f"{bot.name} answered nothing")
        times.sort()
        at = lambda share: times[min(len(times) * share // 100, len(times) - 1)] * 1000
        self.row |= {
            "updates answered a second": f"{len(times) / given.seconds:.0f}",
            "question to answer, p50, p99": f"{at(50):.0f} ms, {at(99):.0f} ms",
            "processor time an update": f"{used / len(times) * 1000:.2f} ms",
            "processors busy: bot, driver": f"{used / given.seconds:.2f}, {ours / given.seconds:.2f}",
            "messages sent an update": f"{sent / len(times):.2f}",
            "never answered, under load": f"{unanswered}",
            "memory under load: resident, proportional": f"{peak[0]:.0f} MB, {peak[1]:.0f} MB",
        }

    async def reference(self, bot: Bot) -> dict[str, tuple[int, str]]:
        """Questions whose answers can be told apart by their first line, by that line."""
        line, chat, lines = Line(self.telegram, bot.port), next(chats), {}
        for question in QUESTIONS:
            heard = []
            self.telegram.heard = lambda where, text: heard.append(text) if where == chat else None
            self.telegram.waiting[chat] = answer = asyncio.get_running_loop().create_future()
            await line.bring(said(chat, question))
            await asyncio.wait_for(answer, ANSWER)
            lines.setdefault(heard[0].split("\n")[0], question)
        return {first: (number, question) for number, (first, question) in enumerate(list(lines.items())[:KILL_SAYS])}

    async def kill(self, bot: Bot) -> list[int]:
        """Kills the bot with updates on the way, starts it again, and brings what was not acknowledged as Telegram does."""
        known = await self.reference(bot)
        crowd = [next(chats) for _ in range(KILL_CHATS)]
        total = len(crowd) * len(known)
        # Which answers came to each chat, in their order.
        answers: dict[int, list[int]] = {chat: [] for chat in crowd}
        unanswered, unacknowledged, strange, last = set(), set(), 0, 0.0
        # So many may be on the way until the kill. After it everything comes as fast as it is taken.
        room = asyncio.Semaphore(IN_FLIGHT)

        def off_the_way(done: set, other: set, update: tuple[int, int]) -> None:
            if update in done:
                done.remove(update)
                if update not in other:
                    room.release()

        def heard(chat: int, text: str) -> None:
            nonlocal strange, last
            if chat not in answers:
                return
            last = time.perf_counter()
            number, _ = known.get(text.split("\n")[0], (None, None))
            if number is None:
                strange += 1
            else:
                answers[chat].append(number)
                off_the_way(unanswered, unacknowledged, (chat, number))

        async def chat_of(chat: int) -> None:
            line = Line(self.telegram, bot.port)
            # As Telegram does: the next update of a chat waits until this one is acknowledged.
            for number, question in known.values():
                await room.acquire()
                unanswered.add((chat, number))
                unacknowledged.add((chat, number))
                update = said(chat, question)
                while not await taken(line, update):
                    await asyncio.sleep(TRY_AGAIN)
                off_the_way(unacknowledged, unanswered, (chat, number))

        self.telegram.heard = heard
        everybody = asyncio.gather(*(chat_of(chat) for chat in crowd))
        began = time.perf_counter()
        while sum(map(len, answers.values())) < total // 3 and time.perf_counter() < began + START:
            await asyncio.sleep(0.002)
        await asyncio.sleep(random.uniform(0, KILL_WITHIN))
        killed, flying = time.perf_counter(), len(unanswered | unacknowledged)
        owed, handed_over = len(unanswered - unacknowledged), self.telegram.handed_over
        await bot.end(signal.SIGKILL)
        for _ in range(total):
            room.release()
        bot.start(self.telegram, self.api)
        await asyncio.wait_for(everybody, START)
        await asyncio.sleep(max(0.0, killed + self.given.patience - time.perf_counter()))
        bot.check()
        self.telegram.heard = lambda chat, text: None
        never = sum(len(set(range(len(known))) - set(came)) for came in answers.values())
        twice = sum(len(came) - len(set(came)) for came in answers.values())
        late = sum(overtaken(came) for came in answers.values())
        return [total, flying, handed_over, owed, never, twice, late, strange, round(last - killed)]

    async def measure(self, bot: Bot) -> dict[str, str]:
        given, self.row = self.given, {}
        try:
            first = await self.ready(bot)
            await bot.end(signal.SIGTERM)
            again = await self.ready(bot)
            self.row["start to first answer: first, again"] = f"{first:.1f} s, {again:.1f} s"
            await asyncio.sleep(2)
            self.row["memory at rest: resident, proportional"] = "{:.0f} MB, {:.0f} MB".format(*bot.memory())
            await self.load(bot)
            rounds = [await self.kill(bot) for _ in range(given.kills)]
        finally:
            await bot.end(signal.SIGKILL)
        if rounds:
            *sums, _ = map(sum, zip(*rounds))
            last = f"{max(kill[-1] for kill in rounds)} s"
            self.row |= dict(zip([f"kill -9: {name}" for name in COUNTED], map(str, sums)))
            self.row["kill -9: last answer after"] = last
        return self.row


async def taken(line: Line, update: bytes) -> bool:
    try:
        return await line.bring(update)
    except OSError:
        return False


def overtaken(came: list[int]) -> int:
    """How many answers came after one to a later question; what is said once more does not count."""
    first = list(dict.fromkeys(came))
    return sum(any(earlier > number for earlier in first[:place]) for place, number in enumerate(first))


def bots(given: argparse.Namespace, home: Path) -> list[Bot]:
    """Those for which everything was given."""
    peer = {"CORPUS": str(given.corpus), "SYNCHRONOUS": given.synchronous, "NODE_PATH": str(given.node_modules)}
    listed = []

    def add(name: str, command: list[object], environment: dict[str, str]) -> None:
        folder = home / str(len(listed))
        folder.mkdir()
        environment = {"DATABASE": str(folder / "bot.db")} | environment
        listed.append(Bot(name, [str(word) for word in command], environment, folder))

    if given.motcua:
        # Its pace is Telegram's; that would be all one could measure.
        settings = {"TELEGRAM_WEBHOOK_URL": "https://example.org/hook", "TELEGRAM_PER_SECOND": "100000", "TELEGRAM_PER_CHAT": "1000"}
        folder = home / "motcua"
        settings |= {"MOTCUA_LOG": "error", "MOTCUA_DATABASE": f"{folder}.db", "MOTCUA_INDEX": f"{folder}.index", "MOTCUA_FILES": f"{folder}.files"}
        if given.knowledge:
            settings["MOTCUA_KNOWLEDGE"] = str(given.knowledge)
        add("Motcua", [given.motcua, "serve"], settings)
    if given.python and given.corpus:
        add("aiogram", [given.python, HERE / "aiogram/bot.py"], peer)
        add("aiogram, acknowledged after", [given.python, HERE / "aiogram/bot.py"], peer | {"ACKNOWLEDGE": "after"})
    if given.node_modules and given.corpus:
        add("grammY", [given.node, HERE / "grammy/bot.js"], peer)
    if given.node_modules:
        add("grammY, echo only", [given.node, HERE / "grammy/echo.js"], peer)
    return [bot for bot in listed if given.only in bot.name]


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    whole = lambda path: Path(path).absolute()
    lines = lambda path: [line for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
    options.add_argument("--motcua", type=whole, help="the program")
    options.add_argument("--knowledge", type=whole, help="folder into which `motcua knowledge import` wrote")
    options.add_argument("--corpus", type=whole, help="file that corpus.py wrote")
    options.add_argument("--python", type=whole, help="python of the environment with aiogram/requirements.txt")
    options.add_argument("--node-modules", type=whole, help="folder node_modules with grammy/package.json's packages")
    options.add_argument("--node", default="node")
    options.add_argument("--only", default="", help="only bots whose name contains this")
    options.add_argument(
        "--questions", type=lines, default=QUESTIONS, help="file of questions, one a line, for the load; else the bench's twelve"
    )
    options.add_argument("--citizens", type=int, default=200)
    options.add_argument("--connections", type=int, help="updates handed over at once; else what the bot asks Telegram for")
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--warm-up", type=float, default=5, help="seconds of load before those that count")
    options.add_argument("--kills", type=int, default=3)
    options.add_argument("--patience", type=float, default=75, help="seconds after a kill; longer than Motcua's leases")
    options.add_argument("--synchronous", choices=["NORMAL", "FULL"], default="NORMAL", help="of the peers' SQLite")
    given = options.parse_args()
    busy = os.getloadavg()[0]
    telegram = Telegram(given.connections)
    bench = Bench(telegram, await telegram.listen(), given)
    with tempfile.TemporaryDirectory(prefix="motcua-peers-") as home:
        rows = {bot.name: await bench.measure(bot) for bot in bots(given, Path(home))}
    if not rows:
        raise SystemExit("no bot: give --motcua, or --corpus with --python or --node-modules")
    print(f"{os.cpu_count()} processors, {busy:.1f} busy before, {given.citizens} citizens, {given.seconds:.0f} s, {given.kills} kills\n")
    print("| |", " | ".join(rows), "|")
    print("|---" * (len(rows) + 1) + "|")
    for what in next(iter(rows.values())):
        print(f"| {what} |", " | ".join(row.get(what, "") for row in rows.values()), "|")


if __name__ == "__main__":
    asyncio.run(main())
