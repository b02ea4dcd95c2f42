-- What the office switched off, and why. A row is there as long as it is off.
CREATE TABLE switch (
    what TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    officer TEXT NOT NULL,
    since BIGINT NOT NULL
);

-- What waits is found without reading what was answered long ago.
CREATE INDEX inbound_waiting ON inbound (id) WHERE done_at IS NULL;
CREATE INDEX ticket_topic_due ON ticket (topic_due) WHERE topic_due IS NOT NULL;

-- Whoever begins to send counts what left a moment ago; what was sent long ago is forgotten.
CREATE INDEX outbox_settled ON outbox (channel, settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX recipient_settled ON recipient (channel, settled_at) WHERE settled_at IS NOT NULL;
