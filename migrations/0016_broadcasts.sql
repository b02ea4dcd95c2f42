-- The same words to many, with an account of each.

-- Who agreed to be told of what.
CREATE TABLE subscriber (
    channel TEXT    NOT NULL,
    peer    TEXT    NOT NULL,
    place   TEXT    NOT NULL, -- their commune or ward; empty when they did not say
    hamlet  TEXT    NOT NULL, -- folded, as it is compared
    topics  BIGINT  NOT NULL, -- a bit for each
    asked   BOOLEAN NOT NULL, -- also of what they asked about
    lang    TEXT    NOT NULL,
    consent TEXT    NOT NULL, -- which wording they agreed to
    since   BIGINT  NOT NULL,
    PRIMARY KEY (channel, peer)
);

-- What they asked about, of those who agreed to that.
CREATE TABLE interest (
    channel TEXT   NOT NULL,
    peer    TEXT   NOT NULL,
    guide   TEXT   NOT NULL,
    at      BIGINT NOT NULL, -- the last time
    PRIMARY KEY (channel, peer, guide)
);
CREATE INDEX interest_at ON interest (at);

CREATE TABLE broadcast (
    id         BIGINT NOT NULL PRIMARY KEY, -- when it was first written
    version    BIGINT NOT NULL,
    draft      TEXT   NOT NULL, -- JSON: what is said, to whom, when
    urgent     BOOLEAN NOT NULL, -- an emergency
    place      TEXT   NOT NULL, -- the agency that looks after it; empty for those of everywhere
    authors    TEXT   NOT NULL, -- JSON: logins
    origin     TEXT   UNIQUE,   -- what another system calls it: told again, it makes no second one
    standing   TEXT   NOT NULL,
    why        TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    began_at   BIGINT,
    ended_at   BIGINT,
    ring       BIGINT NOT NULL,
    forgiven   BIGINT NOT NULL DEFAULT 0, -- errors that an officer has seen, and went on
    drawn      TEXT,            -- JSON: the messages, once it began
    gathered   BOOLEAN NOT NULL,
    cursor     TEXT             -- JSON: how far the recipients were gathered
);
CREATE INDEX broadcast_standing ON broadcast (standing, id);

CREATE TABLE broadcast_approval (
    broadcast   BIGINT NOT NULL,
    fingerprint TEXT   NOT NULL, -- of what they saw
    officer     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (broadcast, fingerprint, officer)
);

CREATE TABLE recipient (
    channel     TEXT   NOT NULL,
    peer        TEXT   NOT NULL,
    broadcast   BIGINT NOT NULL,
    ring        BIGINT NOT NULL,
    state       BIGINT NOT NULL, -- 0 waiting, 1 being sent, 2 sent, 3 failed, 4 skipped, 5 uncertain
    lang        TEXT   NOT NULL,
    place       TEXT   NOT NULL,
    replaces    TEXT,            -- the channel's id of the message that this changes
    not_before  BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    tries       BIGINT NOT NULL,
    settled_at  BIGINT,
    external_id TEXT,
    cause       TEXT   NOT NULL,
    PRIMARY KEY (channel, peer, broadcast)
);
CREATE INDEX recipient_waiting ON recipient (broadcast, channel, ring, peer) WHERE state = 0;
CREATE INDEX recipient_going ON recipient (broadcast, lease_until) WHERE state = 1;
CREATE INDEX recipient_ended ON recipient (broadcast) WHERE state >= 2;

-- The ledger in numbers, written with every row: no page counts a million rows.
CREATE TABLE broadcast_count (
    broadcast BIGINT NOT NULL,
    ring      BIGINT NOT NULL,
    channel   TEXT   NOT NULL,
    outcome   BIGINT NOT NULL,
    cause     TEXT   NOT NULL,
    people    BIGINT NOT NULL,
    PRIMARY KEY (broadcast, ring, channel, outcome, cause)
);

CREATE TABLE broadcast_tap (
    broadcast BIGINT NOT NULL,
    button    BIGINT NOT NULL,
    times     BIGINT NOT NULL,
    PRIMARY KEY (broadcast, button)
);

-- What was said to it, stripped of what names somebody.
CREATE TABLE broadcast_reply (
    id        TEXT    NOT NULL PRIMARY KEY,
    broadcast BIGINT  NOT NULL,
    at        BIGINT  NOT NULL,
    words     TEXT    NOT NULL,
    answered  BOOLEAN NOT NULL -- from its own questions and answers
);
CREATE INDEX broadcast_reply_of ON broadcast_reply (broadcast, at);

-- Questions to officers that a broadcast led to.
ALTER TABLE ticket ADD COLUMN broadcast BIGINT;
CREATE INDEX ticket_broadcast ON ticket (broadcast) WHERE broadcast IS NOT NULL;

-- Which procedure a dossier is of: whose followers are told together.
ALTER TABLE dossier ADD COLUMN procedure_code TEXT;
CREATE INDEX dossier_procedure ON dossier (procedure_code, status);
