"use strict";
// The guides, their full-text index, and what was said: one SQLite file.

const fs = require("node:fs");
const Database = require("better-sqlite3");

// Words of asking, not of what is asked for. Without them "all words" finds something far more often.
const ASKING = new Set(
  ("a anh bao bi cac can cho co chi di duoc em gi giay j k khong ko la lam ma may minh muon nao nhieu nhu nua o dau oi phai sao " +
    "the thi thu to toi tuc va vay voi xin").split(" "),
);
// Title and names count ten times a body: bodies are long and mention everything.
const WEIGHTS = "bm25(10, 10, 1)";
const SCHEMA = `
CREATE TABLE IF NOT EXISTS guide (id INTEGER PRIMARY KEY, code TEXT UNIQUE, title TEXT, summary TEXT, fees TEXT, documents TEXT, steps TEXT);
CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, update_id INTEGER, chat INTEGER, at REAL, said TEXT, guide TEXT);
CREATE TABLE IF NOT EXISTS chat (id INTEGER PRIMARY KEY, topic TEXT, at REAL);
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(title, names, body, content='');
`;

/** Lower case without diacritics; đ is a letter of its own and decomposes into nothing. */
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

function words(text) {
  const every = [...new Set(fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [])];
  const telling = every.filter((word) => !ASKING.has(word));
  return telling.length ? telling : every;
}

class Store {
  constructor(database, corpus, synchronous) {
    this.db = new Database(database);
    this.db.pragma("journal_mode = WAL");
    this.db.pragma(`synchronous = ${synchronous}`);
    this.db.exec(SCHEMA);
    if (this.db.prepare("SELECT count(*) AS n FROM guide").get().n === 0) this.#read(corpus);
    this.found = this.db.prepare(
      "SELECT guide.* FROM found JOIN guide ON guide.id = found.rowid WHERE found MATCH ? ORDER BY rank LIMIT 4",
    );
    this.byCode = this.db.prepare("SELECT * FROM guide WHERE code = ?");
    this.ofChat = this.db.prepare("SELECT topic FROM chat WHERE id = ?");
    const said = this.db.prepare("INSERT INTO message (update_id, chat, at, said, guide) VALUES (?, ?, ?, ?, ?)");
    const about = this.db.prepare(
      "INSERT INTO chat VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET topic = coalesce(excluded.topic, topic), at = excluded.at",
    );
    /** Writes down a message and what the chat is about now, in one commit. */
    this.note = this.db.transaction((update, chat, text, code) => {
      const now = Date.now() / 1000;
      said.run(update, chat, now, text, code);
      about.run(chat, code, now);
    });
  }

  #read(corpus) {
    const guide = this.db.prepare("INSERT INTO guide VALUES (?, ?, ?, ?, ?, ?, ?)");
    const found = this.db.prepare("INSERT INTO found (rowid, title, names, body) VALUES (?, ?, ?, ?)");
    this.db.transaction(() => {
      const lines = fs.readFileSync(corpus, "utf8").trimEnd().split("\n");
      lines.map((line) => JSON.parse(line)).forEach((one, at) => {
        guide.run(at + 1, one.code, one.title, one.summary, one.fees, one.documents, one.steps);
        found.run(at + 1, fold(one.title), fold(one.names.join("; ")), fold(one.body));
      });
      this.db.prepare("INSERT INTO found (found, rank) VALUES ('rank', ?)").run(WEIGHTS);
      this.db.prepare("INSERT INTO found (found) VALUES ('optimize')").run();
    })();
  }

  /** The best guide first, with three more: those that have all words, or else those that have any. */
  search(asked) {
    for (const between of [" AND ", " OR "]) {
      const match = asked.map((word) => `"${word}"`).join(between);
      const hits = match ? this.found.all(match) : [];
      if (hits.length) return hits;
    }
    return [];
  }

  guide(code) {
    return this.byCode.get(code);
  }

  topic(chat) {
    return this.ofChat.get(chat)?.topic;
  }
}

module.exports = { ASKING, Store, words };
