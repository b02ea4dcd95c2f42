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

-- Letters of apology (form 04 of Circular 03/2025/TT-VPCP): a draft, then signed and sent.
CREATE TABLE apology (
    id         TEXT   NOT NULL PRIMARY KEY,
    dossier    TEXT   NOT NULL,
    agency     TEXT   NOT NULL,
    body       TEXT   NOT NULL, -- JSON
    token      TEXT   NOT NULL, -- opens the print page
    drafted_at BIGINT NOT NULL,
    signed_at  BIGINT,
    signed_by  TEXT,
    notices    BIGINT NOT NULL  -- how many followers it was sent to
);
CREATE INDEX apology_of ON apology (dossier);
