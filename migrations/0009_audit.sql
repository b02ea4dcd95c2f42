-- Who did what, in a chain: each entry's hash covers the one before it, made with a key that is not in the database.

CREATE TABLE audit_entry (
    seq     BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT   NOT NULL,
    action  TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    chain   TEXT   NOT NULL
);
CREATE INDEX audit_entry_of ON audit_entry (subject, seq);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- What was noted before there was a chain proves nothing.
DROP TABLE audit;

-- One row: where the chain ends, where what was deleted on time ended, and a hash over both that needs the key.
CREATE TABLE audit_head (
    id           TEXT   NOT NULL PRIMARY KEY,
    seq          BIGINT NOT NULL,
    chain        TEXT   NOT NULL,
    anchor_seq   BIGINT NOT NULL,
    anchor_chain TEXT   NOT NULL,
    seal         TEXT   NOT NULL
);
INSERT INTO audit_head (id, seq, chain, anchor_seq, anchor_chain, seal) VALUES ('head', 0, '', 0, '', '');
