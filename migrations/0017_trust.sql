-- Privacy: keys, consents, requests about one's own data.

-- Which keys something is sealed with: without one of them the program does not start.
CREATE TABLE seal_key (
    name  TEXT   NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);

-- Numbers of persons in what was said to an officer, as they were typed; covered everywhere else.
ALTER TABLE inbound ADD COLUMN covered TEXT;
