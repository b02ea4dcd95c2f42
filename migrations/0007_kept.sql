-- A notice is kept for whoever is at this place: looked for when they are heard of, and not at every turn.
ALTER TABLE conversation ADD COLUMN notices_kept BOOLEAN NOT NULL DEFAULT FALSE;
