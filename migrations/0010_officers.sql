-- Who works behind the bot.

CREATE TABLE officer (
    id         TEXT   NOT NULL PRIMARY KEY,
    login      TEXT   NOT NULL UNIQUE,
    name       TEXT   NOT NULL,
    grants     TEXT   NOT NULL, -- JSON
    password   TEXT,            -- Argon2id, with its salt and costs; none before the invitation was taken
    totp       TEXT,            -- sealed
    totp_step  BIGINT NOT NULL, -- the last step of time whose code was used: each is good once
    recovery   TEXT   NOT NULL, -- JSON: keyed hashes of codes that are still good
    version    BIGINT NOT NULL, -- grows with every change: none overwrites another unseen
    created_at BIGINT NOT NULL,
    ended_at   BIGINT
);

-- Invitations: to begin, or to begin anew with another password.
CREATE TABLE invitation (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    officer    TEXT   NOT NULL,
    good_until BIGINT NOT NULL
);
CREATE INDEX invitation_of ON invitation (officer);

CREATE TABLE session (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    officer    TEXT   NOT NULL,
    begun_at   BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
CREATE INDEX session_of ON session (officer);
