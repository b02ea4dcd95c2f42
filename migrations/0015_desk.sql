-- Words by which officers find conversations again: JSON, a list.
ALTER TABLE ticket ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';

-- A link by which the citizen reads what was said with officers.
ALTER TABLE ticket ADD COLUMN transcript_hash TEXT;
ALTER TABLE ticket ADD COLUMN transcript_until BIGINT;
CREATE UNIQUE INDEX ticket_transcript ON ticket (transcript_hash) WHERE transcript_hash IS NOT NULL;

-- Replies that officers use again. One that belongs to a guide goes stale when the guide changes.
CREATE TABLE canned (
    id      TEXT   NOT NULL PRIMARY KEY,
    guide   TEXT   NOT NULL, -- its slug; empty for any matter
    title   TEXT   NOT NULL,
    body    TEXT   NOT NULL,
    author  TEXT   NOT NULL,
    made_at BIGINT NOT NULL,
    edition TEXT   NOT NULL  -- a hash of the guide as it was then
);
CREATE INDEX canned_of ON canned (guide);
