-- Ratings of how a dossier was handled. No row belongs to a person; who has rated is kept apart, so that it is done once.

CREATE TABLE rating (
    id        TEXT   NOT NULL PRIMARY KEY,
    day       TEXT   NOT NULL, -- 2026-11-22
    agency    TEXT   NOT NULL,
    office    TEXT   NOT NULL,
    procedure TEXT   NOT NULL,
    attitude  BIGINT NOT NULL, -- 1 to 3
    time      BIGINT NOT NULL,
    clarity   BIGINT NOT NULL,
    words     TEXT   NOT NULL
);
CREATE INDEX rating_day ON rating (day);

CREATE TABLE rated (
    dossier TEXT NOT NULL,
    channel TEXT NOT NULL,
    peer    TEXT NOT NULL,
    PRIMARY KEY (dossier, channel, peer)
);

-- What followers of a dossier were told: each notice with what became of it (outbox, receipt).
CREATE TABLE dossier_notice (
    notice   TEXT   NOT NULL PRIMARY KEY, -- id in the outbox
    dossier  TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    occasion TEXT   NOT NULL
);
CREATE INDEX dossier_notice_of ON dossier_notice (dossier);

-- Letters of apology (form 04 of Circular 03/2025/TT-VPCP): a draft, then signed and sent.
CREATE TABLE apology (
    id         TEXT   NOT NULL PRIMARY KEY, -- also opens the page to print: nobody can guess it
    dossier    TEXT   NOT NULL,
    body       TEXT   NOT NULL, -- JSON
    drafted_at BIGINT NOT NULL,
    signed_at  BIGINT
);
CREATE INDEX apology_of ON apology (dossier);
