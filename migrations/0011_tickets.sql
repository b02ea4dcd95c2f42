-- Conversations that citizens gave to staff.

CREATE TABLE ticket (
    id          TEXT   NOT NULL PRIMARY KEY,
    channel     TEXT   NOT NULL,
    peer        TEXT   NOT NULL,
    place       TEXT   NOT NULL, -- the agency whose officers answer; empty for those of everywhere
    stage       TEXT   NOT NULL,
    officer     TEXT,
    offered     TEXT,            -- whom it is offered to
    question    TEXT   NOT NULL,
    topic       TEXT,
    consent     TEXT   NOT NULL, -- which wording they agreed to
    opened_at   BIGINT NOT NULL,
    taken_at    BIGINT, -- the first time
    claimed_at  BIGINT, -- the last time
    answered_at BIGINT,
    citizen_at  BIGINT NOT NULL,
    officer_at  BIGINT,
    closed_at   BIGINT,
    ending      TEXT,
    score       BIGINT,
    level       BIGINT NOT NULL DEFAULT 0, -- how far it was escalated
    changed_at  BIGINT NOT NULL
);
-- One conversation is with staff once.
CREATE UNIQUE INDEX ticket_once ON ticket (channel, peer) WHERE closed_at IS NULL;
CREATE INDEX ticket_stage ON ticket (stage, opened_at);
CREATE INDEX ticket_officer ON ticket (officer, stage);
CREATE INDEX ticket_closed ON ticket (closed_at);
CREATE INDEX ticket_changed ON ticket (changed_at);
CREATE INDEX ticket_taken ON ticket (taken_at);

CREATE TABLE ticket_note (
    id      TEXT   NOT NULL PRIMARY KEY,
    ticket  TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    officer TEXT   NOT NULL,
    body    TEXT   NOT NULL
);
CREATE INDEX ticket_note_of ON ticket_note (ticket, at);
