-- Questions that teach us something, counted by day. No row belongs to a person: the text was stripped of what names one,
-- and nothing leads back to a conversation.

CREATE TABLE lesson (
    day      TEXT   NOT NULL, -- 2026-11-21
    outcome  TEXT   NOT NULL, -- unanswered, wrong, right
    guide    TEXT   NOT NULL, -- slug of the guide that was shown; empty when none was
    question TEXT   NOT NULL,
    times    BIGINT NOT NULL,
    PRIMARY KEY (day, outcome, guide, question)
);
