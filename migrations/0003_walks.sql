-- Walks: how far people come, without the people; and what waits to be taken up elsewhere.

CREATE TABLE walk_passage (
    run     TEXT   NOT NULL, -- made of chance for each going; the conversation forgets it when the going ends
    walk    TEXT   NOT NULL,
    step    TEXT   NOT NULL,
    event   TEXT   NOT NULL, -- started, passed, trouble, finished, exited
    day     TEXT   NOT NULL, -- 2026-11-22
    seconds BIGINT NOT NULL  -- since the step was shown
);
CREATE INDEX walk_passage_day ON walk_passage (day);

CREATE TABLE walk_kept (
    code       TEXT   NOT NULL PRIMARY KEY,
    run        TEXT   NOT NULL,
    progress   TEXT   NOT NULL, -- JSON
    kept_until BIGINT NOT NULL
);
CREATE INDEX walk_kept_run ON walk_kept (run);
CREATE INDEX walk_kept_age ON walk_kept (kept_until);

-- People helped on somebody else's phone: counted, never listed.
CREATE TABLE helped (
    day     TEXT   NOT NULL,
    event   TEXT   NOT NULL, -- agreed, refused, ended, timed_out
    consent TEXT   NOT NULL, -- which wording was read to them
    times   BIGINT NOT NULL,
    PRIMARY KEY (day, event, consent)
);

-- When a turn is to be taken though nobody says anything.
ALTER TABLE conversation ADD COLUMN wake_at BIGINT;
CREATE INDEX conversation_wake ON conversation (wake_at) WHERE wake_at IS NOT NULL;
