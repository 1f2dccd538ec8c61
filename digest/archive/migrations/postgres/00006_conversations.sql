-- +goose Up

-- A conversation is kept by whoever read its revision.
ALTER TABLE conversations ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
CREATE INDEX conversations_changed ON conversations (changed);

-- Who asked, and where: so that nobody asks too much.
ALTER TABLE requests ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE requests ADD COLUMN place TEXT NOT NULL DEFAULT '';
CREATE INDEX requests_person ON requests (person, handled);
CREATE INDEX requests_place ON requests (place, handled);

-- Answers go under what people wrote, which is no delivery, and are taken back
-- with their question.
ALTER TABLE deliveries ADD COLUMN under_id TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN conversation TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN recalled BIGINT NOT NULL DEFAULT 0;
CREATE INDEX deliveries_platform_id ON deliveries (platform_id);
CREATE INDEX deliveries_conversation ON deliveries (conversation);
