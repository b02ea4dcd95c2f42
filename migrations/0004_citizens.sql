-- Zalo's windows and receipts, one citizen on several channels, and credentials that rotate.

-- When they last said something there: what may be sent to them hangs on it, on channels with windows.
ALTER TABLE conversation ADD COLUMN last_interaction BIGINT;
CREATE INDEX conversation_interaction ON conversation (channel, last_interaction);

-- The first message of a row of tries over several channels; a try stands for it.
ALTER TABLE outbox ADD COLUMN origin TEXT;
CREATE INDEX outbox_origin ON outbox (origin) WHERE origin IS NOT NULL;

-- What a channel told about a message that it took.
CREATE TABLE receipt (
    channel     TEXT   NOT NULL,
    external_id TEXT   NOT NULL, -- the channel's id of the message
    event       TEXT   NOT NULL, -- delivered, seen
    at          BIGINT NOT NULL,
    PRIMARY KEY (channel, external_id, event)
);
CREATE INDEX receipt_age ON receipt (at);

-- A person who linked places: they share what is in `shared`.
CREATE TABLE citizen (
    id         TEXT   NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL, -- a turn that finds another version than it read is taken again
    shared     TEXT   NOT NULL, -- JSON of the engine
    created_at BIGINT NOT NULL
);

CREATE TABLE citizen_place (
    channel   TEXT    NOT NULL,
    peer      TEXT    NOT NULL,
    citizen   TEXT    NOT NULL REFERENCES citizen (id),
    id        TEXT    NOT NULL, -- names the place in buttons
    linked_at BIGINT  NOT NULL,
    consent   TEXT    NOT NULL, -- which wording they agreed to
    preferred BOOLEAN NOT NULL, -- notices go here first
    PRIMARY KEY (channel, peer)
);
CREATE INDEX citizen_place_citizen ON citizen_place (citizen);

CREATE TABLE link_offer (
    code        TEXT   NOT NULL PRIMARY KEY,
    channel     TEXT   NOT NULL,
    peer        TEXT   NOT NULL,
    offered_until BIGINT NOT NULL
);

-- Tokens that a vendor replaces. Sealed: never readable without the key.
CREATE TABLE credential (
    name        TEXT   NOT NULL PRIMARY KEY, -- zalo
    version     BIGINT NOT NULL,
    sealed      TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    lease_until BIGINT NOT NULL, -- somebody replaces it until then; nobody else may
    lost_since  BIGINT           -- the vendor refuses it: a person has to consent anew
);

-- A consent under way: what the answer from the vendor must fit.
CREATE TABLE consent_offer (
    state         TEXT   NOT NULL PRIMARY KEY,
    sealed        TEXT   NOT NULL, -- the code verifier
    offered_until BIGINT NOT NULL
);
