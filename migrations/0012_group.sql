-- The hotline's group on Telegram, and files that go between citizens and officers.

-- Where the configured group is now: a group that becomes a supergroup gets another id.
CREATE TABLE forum (
    configured TEXT NOT NULL PRIMARY KEY,
    present    TEXT NOT NULL
);

-- The topic of a ticket. Kept when its ticket is gone, until it is deleted in the group as well.
CREATE TABLE topic (
    ticket TEXT    NOT NULL PRIMARY KEY,
    peer   TEXT    NOT NULL UNIQUE, -- chat and topic, as the channel writes them
    open   BOOLEAN NOT NULL, -- as we believe it to be in the group
    due    BIGINT  NOT NULL DEFAULT 0 -- when it may be tried (again) to put it right
);

-- When somebody may try (again) to make a topic for a ticket.
ALTER TABLE ticket ADD COLUMN topic_due BIGINT NOT NULL DEFAULT 0;

-- What officers did in the group, in order, until it is carried out.
CREATE TABLE forum_word (
    id          TEXT   NOT NULL PRIMARY KEY,
    external_id TEXT   NOT NULL UNIQUE,
    body        TEXT   NOT NULL, -- JSON
    received_at BIGINT NOT NULL,
    done_at     BIGINT
);
CREATE INDEX forum_word_waiting ON forum_word (id) WHERE done_at IS NULL;
CREATE INDEX forum_word_done ON forum_word (done_at);

-- Who an officer is on Telegram.
ALTER TABLE officer ADD COLUMN telegram TEXT;
CREATE UNIQUE INDEX officer_telegram ON officer (telegram) WHERE telegram IS NOT NULL;
CREATE TABLE officer_code (
    officer    TEXT   NOT NULL PRIMARY KEY,
    code_hash  TEXT   NOT NULL UNIQUE,
    good_until BIGINT NOT NULL
);

-- Messages of officers whose fate is not known yet: whoever wrote one that does not arrive is told.
CREATE TABLE answer (
    id     TEXT NOT NULL PRIMARY KEY, -- of the outbox
    ticket TEXT NOT NULL
);
CREATE INDEX answer_of ON answer (ticket);

CREATE TABLE enclosure (
    id         TEXT   NOT NULL PRIMARY KEY,
    ticket     TEXT   NOT NULL,
    officer    TEXT,   -- who sent it; the citizen without
    stored     TEXT   NOT NULL, -- the file's name
    kind       TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,
    sent_at    BIGINT NOT NULL,
    token_hash TEXT   UNIQUE -- of the link by which the citizen opens it
);
CREATE INDEX enclosure_of ON enclosure (ticket, id);
