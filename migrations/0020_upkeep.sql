-- Failed sends are forgotten by their age.
CREATE INDEX delivery_attempt_age ON delivery_attempt (at);

-- Links on receipts end with their dossier, and by themselves; who rated is forgotten with their place.
CREATE INDEX follow_link_of ON follow_link (dossier);
CREATE INDEX follow_link_age ON follow_link (good_until);
CREATE INDEX rated_of ON rated (channel, peer);

-- An appointment is over when its promise is: one without a time of day with its day (midnight in Viet Nam is 17:00 UTC).
UPDATE dossier SET appointment = appointment + 86400000 WHERE appointment % 86400000 = 61200000;

-- Notices wait there: another person is helped at that place, or an officer has the conversation. Last: nobody can talk from here to
-- the end of the transaction.
ALTER TABLE conversation ADD COLUMN holds_notices BOOLEAN NOT NULL DEFAULT FALSE;
