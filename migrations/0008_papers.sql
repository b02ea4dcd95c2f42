-- Files that citizens send: what is to be looked at, and what was sent as a missing paper.

-- Fetched and looked at once the turn that wants it is written; gone when what was seen waits in the inbox.
CREATE TABLE look (
    inbound    TEXT   NOT NULL PRIMARY KEY, -- the message that it came with
    channel    TEXT   NOT NULL,
    peer       TEXT   NOT NULL,
    attachment TEXT   NOT NULL, -- JSON
    purpose    TEXT   NOT NULL, -- JSON
    tries      BIGINT NOT NULL,
    due_at     BIGINT NOT NULL, -- while somebody looks: when another takes it over
    made_at    BIGINT NOT NULL
);
CREATE INDEX look_due ON look (due_at);
CREATE INDEX look_of ON look (channel, peer);

CREATE TABLE paper (
    id         TEXT   NOT NULL PRIMARY KEY,
    dossier    TEXT   NOT NULL,
    name       TEXT   NOT NULL, -- the paper, in the office's words
    channel    TEXT   NOT NULL,
    peer       TEXT   NOT NULL,
    hash       TEXT   NOT NULL, -- of what it shows
    stored     TEXT   NOT NULL, -- the file's name; empty when it was deleted
    kind       TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,
    sent_at    BIGINT NOT NULL,
    verdict    TEXT,            -- JSON
    decided_at BIGINT,
    decided_by TEXT
);
CREATE INDEX paper_of ON paper (dossier, name);
CREATE INDEX paper_sent ON paper (sent_at);
CREATE INDEX paper_from ON paper (channel, peer, sent_at);
-- The same file sent twice is one that waits.
CREATE UNIQUE INDEX paper_once ON paper (dossier, name, hash) WHERE verdict IS NULL;

-- Files that nothing names any more, to be taken off the disk.
CREATE TABLE file_gone (
    stored TEXT NOT NULL PRIMARY KEY
);

-- A source says that a closed dossier is open again: a person decides.
ALTER TABLE dossier ADD COLUMN disputed BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX dossier_disputed ON dossier (agency) WHERE disputed;
