-- Failed sends are forgotten by their age.
CREATE INDEX delivery_attempt_age ON delivery_attempt (at);

-- Notices wait there: another person is helped at that place, or an officer has the conversation.
ALTER TABLE conversation ADD COLUMN holds_notices BOOLEAN NOT NULL DEFAULT FALSE;

-- Links on receipts end with their dossier, and by themselves; who rated is forgotten with their place.
CREATE INDEX follow_link_of ON follow_link (dossier);
CREATE INDEX follow_link_age ON follow_link (good_until);
CREATE INDEX rated_of ON rated (channel, peer);
