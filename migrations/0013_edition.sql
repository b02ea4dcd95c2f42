-- Content that is edited in the console: laid over the folders on disk. Versions are added, never changed.
CREATE TABLE edition (
    id         TEXT   NOT NULL PRIMARY KEY,
    piece      TEXT   NOT NULL, -- guides/<slug>, or words/vocabulary
    files      TEXT   NOT NULL, -- JSON: name and text of each file
    author     TEXT   NOT NULL,
    note       TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    standing   TEXT   NOT NULL, -- draft, published, cancelled
    live_from  BIGINT,
    live_until BIGINT
);
CREATE INDEX edition_of ON edition (piece, id);
CREATE INDEX edition_live ON edition (standing, live_from);

-- Who wants to be told when there is an answer. Their question is kept as lessons are: without names and numbers.
CREATE TABLE asker (
    channel  TEXT   NOT NULL,
    peer     TEXT   NOT NULL,
    question TEXT   NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (channel, peer, question)
);
CREATE INDEX asker_asked ON asker (asked_at);
