-- What reached us, what we remember, what we say. Ids (UUIDv7) and times (ms since 1970) are made by the program.

CREATE TABLE inbound (
    id          TEXT   NOT NULL PRIMARY KEY,
    channel     TEXT   NOT NULL,
    external_id TEXT   NOT NULL, -- the channel's own id: the idempotency key
    peer        TEXT   NOT NULL,
    lang_hint   TEXT,
    said        TEXT   NOT NULL, -- JSON, neutral
    raw         TEXT,            -- kept only of what could not be read
    received_at BIGINT NOT NULL,
    done_at     BIGINT,
    UNIQUE (channel, external_id)
);
CREATE INDEX inbound_pending ON inbound (channel, peer, id) WHERE done_at IS NULL;
CREATE INDEX inbound_of_peer ON inbound (channel, peer, id);

CREATE TABLE conversation (
    channel           TEXT   NOT NULL,
    peer              TEXT   NOT NULL,
    version           BIGINT NOT NULL, -- a turn that finds another version than it read is taken again
    state             TEXT   NOT NULL, -- JSON
    updated_at        BIGINT NOT NULL,
    unreachable_since BIGINT,          -- blocked the bot or left; cleared by the next word from there
    PRIMARY KEY (channel, peer)
);
CREATE INDEX conversation_age ON conversation (updated_at);

CREATE TABLE outbox (
    id          TEXT   NOT NULL PRIMARY KEY, -- <inbound id>.<n> for replies: a turn taken twice says things once
    channel     TEXT   NOT NULL,
    peer        TEXT   NOT NULL,
    priority    BIGINT NOT NULL, -- 0 reply, 1 notice, 2 bulk
    message     TEXT   NOT NULL, -- JSON, neutral; rendered when it is sent
    created_at  BIGINT NOT NULL,
    not_before  BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    in_flight   BIGINT NOT NULL, -- sends begun whose outcome nobody wrote down: above 1, the last one is uncertain
    attempts    BIGINT NOT NULL, -- sends that failed for certain
    settled_at  BIGINT,
    outcome     TEXT,            -- sent, unknown, unreachable, rejected, gave_up
    external_id TEXT,
    error       TEXT
);
CREATE INDEX outbox_open ON outbox (channel, priority, id) WHERE settled_at IS NULL;
CREATE INDEX outbox_open_of_peer ON outbox (channel, peer, priority, id) WHERE settled_at IS NULL;
CREATE INDEX outbox_of_peer ON outbox (channel, peer, id);

-- The ledger: every send that did not simply succeed.
CREATE TABLE delivery_attempt (
    outbox_id TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    outcome   TEXT   NOT NULL,
    detail    TEXT   NOT NULL
);
CREATE INDEX delivery_attempt_of_message ON delivery_attempt (outbox_id);
