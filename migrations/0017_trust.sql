-- Privacy: keys, consents, requests about one's own data.

-- Which keys something is sealed with: without one of them the program does not start.
CREATE TABLE seal_key (
    name  TEXT   NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);

-- Numbers of persons in what was said to an officer, as they were typed; covered everywhere else.
ALTER TABLE inbound ADD COLUMN covered TEXT;

-- Who agreed to what: which words, when, until when. When somebody has everything deleted, what is left as proof names nobody:
-- the peer is replaced by a keyed hash.
CREATE TABLE consent (
    channel      TEXT   NOT NULL,
    peer         TEXT   NOT NULL,
    purpose      TEXT   NOT NULL,
    wording      TEXT   NOT NULL,
    agreed_at    BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (channel, peer, purpose, agreed_at)
);
CREATE INDEX consent_withdrawn ON consent (withdrawn_at) WHERE withdrawn_at IS NOT NULL;

-- What citizens asked for about their data, with a clock. Of one who had everything deleted no address is kept.
CREATE TABLE data_request (
    id          TEXT   NOT NULL PRIMARY KEY,
    receipt     TEXT   NOT NULL UNIQUE,
    kind        TEXT   NOT NULL, -- erase, other
    channel     TEXT   NOT NULL,
    peer        TEXT   NOT NULL, -- empty when everything was deleted
    words       TEXT   NOT NULL, -- sealed
    asked_at    BIGINT NOT NULL,
    answer_due  BIGINT NOT NULL,
    done_due    BIGINT NOT NULL,
    answered_at BIGINT,
    done_at     BIGINT,
    officer     TEXT,
    topics      TEXT   NOT NULL, -- JSON: tickets whose topics in the group are still to be deleted
    files       TEXT   NOT NULL  -- JSON: files that are still to be taken off the disk
);
CREATE INDEX data_request_open ON data_request (asked_at) WHERE done_at IS NULL;
CREATE INDEX data_request_of ON data_request (channel, peer);

-- A link by which a citizen reads and takes along what is kept of them.
CREATE TABLE data_link (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    channel    TEXT   NOT NULL,
    peer       TEXT   NOT NULL,
    good_until BIGINT NOT NULL
);

-- What was deleted on time, by day and purpose.
CREATE TABLE retention (
    day     TEXT   NOT NULL, -- 2026-11-22
    purpose TEXT   NOT NULL,
    gone    BIGINT NOT NULL,
    PRIMARY KEY (day, purpose)
);
