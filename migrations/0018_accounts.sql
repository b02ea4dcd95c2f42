-- Changes to how an officer signs in that they have not looked at yet.
ALTER TABLE officer ADD COLUMN alerts BIGINT NOT NULL DEFAULT 0;

-- How the codes of an agency's dossiers begin (JSON, a list): nobody else tells of such.
ALTER TABLE agency ADD COLUMN prefixes TEXT NOT NULL DEFAULT '[]';
