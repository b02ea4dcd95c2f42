-- How often something was asked, by hour, without who asked.
CREATE TABLE tally (
    day     TEXT   NOT NULL,
    hour    BIGINT NOT NULL, -- of the day in Viet Nam, 0 to 23
    channel TEXT   NOT NULL,
    outcome TEXT   NOT NULL,
    guide   TEXT   NOT NULL, -- its slug; empty without one
    times   BIGINT NOT NULL,
    PRIMARY KEY (day, hour, channel, outcome, guide)
);
