"""The guides, their full-text index, and what was said: one SQLite file."""

import json
import re
import sqlite3
import time
import unicodedata

# Words of asking, not of what is asked for. Without them "all words" finds something far more often.
ASKING = set(
    "a anh bao bi cac can cho co chi di duoc em gi giay j k khong ko la lam ma may minh muon nao nhieu nhu nua o dau oi phai sao "
    "the thi thu to toi tuc va vay voi xin".split()
)
# Title and names count ten times a body: bodies are long and mention everything.
WEIGHTS = "bm25(10, 10, 1)"
COLUMNS = ["code", "title", "summary", "fees", "documents", "steps"]
SCHEMA = """
CREATE TABLE IF NOT EXISTS guide (id INTEGER PRIMARY KEY, code TEXT UNIQUE, title TEXT, summary TEXT, fees TEXT, documents TEXT, steps TEXT);
CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, update_id INTEGER, chat INTEGER, at REAL, said TEXT, guide TEXT);
CREATE TABLE IF NOT EXISTS chat (id INTEGER PRIMARY KEY, topic TEXT, at REAL);
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(title, names, body, content='');
"""


def fold(text: str) -> str:
    """Lower case without diacritics; đ is a letter of its own and decomposes into nothing."""
    apart = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    every = list(dict.fromkeys(re.findall(r"\w+", fold(text))))
    return [word for word in every if word not in ASKING] or every


class Store:
    def __init__(self, database: str, corpus: str, synchronous: str) -> None:
        self.db = sqlite3.connect(database)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute(f"PRAGMA synchronous = {synchronous}")
        self.db.executescript(SCHEMA)
        if self.db.execute("SELECT count(*) FROM guide").fetchone()[0] == 0:
            self._read(corpus)

    def _read(self, corpus: str) -> None:
        with open(corpus, encoding="utf-8") as lines, self.db:
            for number, line in enumerate(lines, 1):
                guide = json.loads(line)
                self.db.execute(
                    "INSERT INTO guide VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *(guide[column] for column in COLUMNS))
                )
                self.db.execute(
                    "INSERT INTO found (rowid, title, names, body) VALUES (?, ?, ?, ?)",
                    (number, fold(guide["title"]), fold("; ".join(guide["names"])), fold(guide["body"])),
                )
            self.db.execute("INSERT INTO found (found, rank) VALUES ('rank', ?)", (WEIGHTS,))
            self.db.execute("INSERT INTO found (found) VALUES ('optimize')")

    def search(self, asked: list[str]) -> list[sqlite3.Row]:
        """The best guide first, with three more: those that have all words, or else those that have any."""
        for between in (" AND ", " OR "):
            match = between.join(f'"{word}"' for word in asked)
            sql = "SELECT guide.* FROM found JOIN guide ON guide.id = found.rowid WHERE found MATCH ? ORDER BY rank LIMIT 4"
            if match and (hits := self.db.execute(sql, (match,)).fetchall()):
                return hits
        return []

    def guide(self, code: str) -> sqlite3.Row | None:
        return self.db.execute("SELECT * FROM guide WHERE code = ?", (code,)).fetchone()

    def topic(self, chat: int) -> str | None:
        row = self.db.execute("SELECT topic FROM chat WHERE id = ?", (chat,)).fetchone()
        return row and row["topic"]

    def note(self, update: int, chat: int, said: str, code: str | None) -> None:
        """Writes down a message and what the chat is about now, in one commit."""
        now = time.time()
        with self.db:
            self.db.execute(
                "INSERT INTO message (update_id, chat, at, said, guide) VALUES (?, ?, ?, ?, ?)", (update, chat, now, said, code)
            )
            self.db.execute(
                "INSERT INTO chat VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET topic = coalesce(excluded.topic, topic), at = excluded.at",
                (chat, code, now),
            )
