-- Dossiers: a mirror of what a citizen may know, what was claimed of them, who follows them.

CREATE TABLE agency (
    slug       TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    hotline    TEXT,
    mapping    TEXT   NOT NULL, -- how its fields are named
    key_hash   TEXT   NOT NULL, -- SHA-256 of its bearer key
    hmac_key   TEXT   NOT NULL, -- sealed
    created_at BIGINT NOT NULL,
    ended_at   BIGINT
);

CREATE TABLE dossier (
    key         TEXT   NOT NULL PRIMARY KEY, -- its code without signs
    agency      TEXT   NOT NULL,
    status      BIGINT NOT NULL,
    since       BIGINT NOT NULL,
    appointment BIGINT,
    body        TEXT   NOT NULL, -- JSON of the mirror
    phone       TEXT,            -- keyed hash of the last digits
    identity    TEXT,            -- keyed hash of the last digits
    told        BIGINT NOT NULL, -- how many times its followers were told
    tell_at     BIGINT,          -- something is to be told then
    updated_at  BIGINT NOT NULL
);
CREATE INDEX dossier_tell ON dossier (tell_at) WHERE tell_at IS NOT NULL;
CREATE INDEX dossier_appointment ON dossier (status, appointment);
CREATE INDEX dossier_age ON dossier (updated_at);

-- Every claim, as it arrived: its id is told once.
CREATE TABLE dossier_claim (
    agency     TEXT   NOT NULL,
    event      TEXT   NOT NULL,
    dossier    TEXT   NOT NULL,
    at         BIGINT NOT NULL, -- by the source's clock
    arrived_at BIGINT NOT NULL,
    body       TEXT   NOT NULL, -- JSON
    PRIMARY KEY (agency, event)
);
CREATE INDEX dossier_claim_of ON dossier_claim (dossier, at);

CREATE TABLE follow (
    dossier TEXT   NOT NULL,
    channel TEXT   NOT NULL,
    peer    TEXT   NOT NULL,
    since   BIGINT NOT NULL,
    consent TEXT   NOT NULL, -- which wording they agreed to
    PRIMARY KEY (dossier, channel, peer)
);
CREATE INDEX follow_of ON follow (channel, peer);

-- One-time links that an agency prints on a receipt.
CREATE TABLE follow_link (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    dossier    TEXT   NOT NULL,
    good_until BIGINT NOT NULL
);

-- Tries of a second fact that did not fit, by day.
CREATE TABLE miss (
    subject TEXT   NOT NULL, -- a place, or a dossier
    day     TEXT   NOT NULL,
    times   BIGINT NOT NULL,
    PRIMARY KEY (subject, day)
);

-- What was reminded of: each thing once for each date.
CREATE TABLE reminder (
    dossier TEXT NOT NULL,
    kind    TEXT NOT NULL,
    due     TEXT NOT NULL, -- the date it is about
    PRIMARY KEY (dossier, kind, due)
);

-- Who looked at what.
CREATE TABLE audit (
    id      TEXT   NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT   NOT NULL,
    action  TEXT   NOT NULL,
    subject TEXT   NOT NULL
);
CREATE INDEX audit_at ON audit (at);

-- Signatures of requests that were taken, for as long as they would be believed again.
CREATE TABLE request_seen (
    signature  TEXT   NOT NULL PRIMARY KEY,
    good_until BIGINT NOT NULL
);
