"""Motcua alone: several processes on one PostgreSQL, and a long steady load. README.md tells how to run it."""

import argparse
import asyncio
import itertools
import os
import signal
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

sys.dont_write_bytecode = True

from fake import Line, Telegram, said
from run import ANSWER, CHATS, MOST_OF_CHAT, QUESTIONS, Bot, bots, chats

# Seconds over which a line of the soak is taken.
EVERY = 10


class Load:
    """Citizens who each wait for their answer before they ask again, at one of the processes in turn."""

    def __init__(self, telegram: Telegram, ports: list[int], citizens: int, rate: float | None) -> None:
        self.telegram, self.ports, self.citizens, self.rate = telegram, ports, citizens, rate
        # (when it was answered, how long it took), and how many were not.
        self.answers: list[tuple[float, float]] = []
        self.unanswered = 0
        self.late = 0

    async def run(self, seconds: float) -> None:
        rested, spoken = deque(next(chats) for _ in range(CHATS)), {}
        began = time.perf_counter()
        turns = itertools.count()

        async def citizen(number: int) -> None:
            lines: dict[int, Line] = {}
            while (turn := next(turns)) is not None:
                if self.rate:
                    due = began + turn / self.rate
                    self.late += time.perf_counter() > due + 1
                    await asyncio.sleep(max(0.0, due - time.perf_counter()))
                asked = time.perf_counter()
                if asked >= began + seconds:
                    return
                chat = rested.popleft()
                self.telegram.waiting[chat] = answer = asyncio.get_running_loop().create_future()
                update = said(chat, QUESTIONS[turn % len(QUESTIONS)])
                answered = None
                # As Telegram does: who does not take it is asked again, here or there.
                for attempt in range(40):
                    port = self.ports[(turn + attempt) % len(self.ports)]
                    line = lines.setdefault(port, Line(self.telegram, port))
                    try:
                        if await line.bring(update):
                            break
                    except OSError:
                        pass
                    await asyncio.sleep(0.1)
                try:
                    answered = await asyncio.wait_for(answer, 2 * ANSWER)
                except TimeoutError:
                    self.unanswered += 1
                if answered:
                    self.answers.append((answered, answered - asked))
                spoken[chat] = spoken.get(chat, 0) + 1
                if spoken[chat] < MOST_OF_CHAT:
                    rested.append(chat)
                else:
                    del spoken[chat]
                    rested.append(next(chats))

        await asyncio.gather(*(citizen(number) for number in range(self.citizens)))

    def since(self, when: float) -> list[float]:
        return sorted(took for answered, took in self.answers if answered >= when)


def machine() -> tuple[int, int]:
    """Ticks that all processors were busy, and all ticks."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def stolen() -> tuple[int, int]:
    """Ticks in which the host of a virtual machine gave our processors to others, and all ticks."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return ticks[7], sum(ticks)


def at(times: list[float], share: int) -> float:
    return times[min(len(times) * share // 100, len(times) - 1)] * 1000 if times else float("nan")


async def ready(telegram: Telegram, api: str, bot: Bot) -> None:
    bot.start(telegram, api)
    line, chat = Line(telegram, bot.port), next(chats)
    telegram.waiting[chat] = answer = asyncio.get_running_loop().create_future()
    while not answer.done():
        bot.check()
        try:
            if telegram.secret and await line.bring(said(chat, QUESTIONS[0])):
                await asyncio.wait_for(answer, ANSWER)
        except OSError:
            pass
        await asyncio.sleep(0.05)


async def several(telegram: Telegram, api: str, given: argparse.Namespace, home: Path) -> None:
    """One process against several, then one more that comes and is killed in the middle of the load."""
    fleet = []
    for number in range(given.processes + 1):
        folder = home / f"p{number}"
        folder.mkdir()
        (bot,) = [bot for bot in bots(given, folder) if bot.name == "Motcua"]
        bot.environment |= {"MOTCUA_DATABASE": given.postgres, "MOTCUA_INDEX": str(home / "index"), "MOTCUA_LOG": "warn"}
        fleet.append(bot)
    (*together, extra) = fleet
    print("| | updates/s | p50 ms | p99 ms | never answered | processors busy: Motcua | whole machine |\n|---|---|---|---|---|---|---|")

    async def measure(name: str, running: list[Bot], seconds: float) -> Load:
        load = Load(telegram, [bot.port for bot in running], given.citizens, None)
        task = asyncio.create_task(load.run(given.warm_up + seconds))
        await asyncio.sleep(given.warm_up)
        before = machine()
        began, used = time.perf_counter(), sum(bot.processor() for bot in running if bot.process.poll() is None)
        await asyncio.sleep(seconds)
        used = sum(bot.processor() for bot in running if bot.process.poll() is None) - used
        busy, all = (now - then for now, then in zip(machine(), before))
        await task
        times = load.since(began)
        rate = len(times) / seconds
        print(f"| {name} | {rate:.0f} | {at(times, 50):.0f} | {at(times, 99):.0f} | {load.unanswered} | {used / seconds:.2f} | {busy / all:.0%} |", flush=True)
        return load

    try:
        await ready(telegram, api, together[0])
        await measure("1 process", together[:1], given.seconds)
        for bot in together[1:]:
            await ready(telegram, api, bot)
        await measure(f"{given.processes} processes", together, given.seconds)

        async def comes_and_goes() -> None:
            await asyncio.sleep(given.warm_up)
            await ready(telegram, api, extra)
            ports.append(extra.port)
            await asyncio.sleep(given.seconds / 2)
            await extra.end(signal.SIGKILL)

        ports = [bot.port for bot in together]
        load = Load(telegram, ports, given.citizens, None)
        guest = asyncio.create_task(comes_and_goes())
        await load.run(given.warm_up + given.seconds * 1.5)
        await guest
        times = load.since(0)
        print(f"| one more comes and is killed | {len(times) / (given.warm_up + given.seconds * 1.5):.0f} | {at(times, 50):.0f} | {at(times, 99):.0f} | {load.unanswered} | | |")
    finally:
        for bot in fleet:
            await bot.end(signal.SIGKILL)


async def soak(telegram: Telegram, api: str, given: argparse.Namespace, home: Path) -> None:
    """A steady load for a long time: memory, times, errors."""
    (bot,) = [bot for bot in bots(given, home) if bot.name == "Motcua"]
    bot.environment["MOTCUA_LOG"] = "warn"
    if given.postgres:
        bot.environment["MOTCUA_DATABASE"] = given.postgres
    await ready(telegram, api, bot)
    load = Load(telegram, [bot.port], given.citizens, given.rate)
    task = asyncio.create_task(load.run(given.soak * 60))
    began, seen = time.perf_counter(), 0
    print("| minute | updates/s | p50 ms | p99 ms | resident MB | anonymous MB | never answered | stolen |\n|---|---|---|---|---|---|---|---|")
    quiet: list[float] = []
    theft, all = stolen()
    try:
        while not task.done():
            await asyncio.sleep(EVERY)
            (theft, all), before = stolen(), (theft, all)
            share = (theft - before[0]) / (all - before[1])
            new, seen = load.answers[seen:], len(load.answers)
            if not new:
                continue
            times = sorted(took for _, took in new)
            status = Path(f"/proc/{bot.process.pid}/status").read_text()
            kept = {key: int(status.split(key + ":")[1].split()[0]) / 1024 for key in ("VmRSS", "RssAnon")}
            minute = (time.perf_counter() - began) / 60
            print(f"| {minute:.1f} | {len(times) / EVERY:.0f} | {at(times, 50):.0f} | {at(times, 99):.0f} | {kept['VmRSS']:.1f} | {kept['RssAnon']:.1f} | {load.unanswered} | {share:.0%} |", flush=True)
            if share < 0.02:
                quiet.append(at(times, 99))
        await task
    finally:
        await bot.end(signal.SIGKILL)
    size = sum(file.stat().st_size for file in home.glob("motcua.db*")) / 1e6
    print(f"\n{len(load.answers)} answered, {load.unanswered} not, {load.late} asked later than planned; database {size:.0f} MB")
    if quiet:
        quiet.sort()
        print(f"where less than 2 % was stolen, {len(quiet)} lines: p99 median {quiet[len(quiet) // 2]:.0f} ms, at most {quiet[-1]:.0f} ms")
    print("warnings and errors:\n" + ((bot.home / "log").read_text("utf-8")[-3000:] or "none"))


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    whole = lambda path: Path(path).absolute()
    options.add_argument("--motcua", type=whole, required=True)
    options.add_argument("--knowledge", type=whole)
    options.add_argument("--postgres", help="an empty database, as postgres://…")
    options.add_argument("--processes", type=int, default=3)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--warm-up", type=float, default=5)
    options.add_argument("--citizens", type=int, default=200)
    options.add_argument("--soak", type=float, help="minutes of steady load, instead")
    options.add_argument("--rate", type=float, default=500, help="updates a second of the soak")
    given = options.parse_args()
    # What `bots` wants of the others.
    given.python = given.corpus = given.node_modules = None
    given.synchronous, given.node, given.only = "NORMAL", "node", ""
    telegram = Telegram()
    api = await telegram.listen()
    print(f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} busy before, {given.citizens} citizens\n")
    with tempfile.TemporaryDirectory(prefix="motcua-scale-") as home:
        await (soak if given.soak else several)(telegram, api, given, Path(home))


if __name__ == "__main__":
    asyncio.run(main())
