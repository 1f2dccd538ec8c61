-- A story that lost its articles to another goes on in that one. The counter
-- 'stories' is the revision of all memberships.

-- +goose Up
ALTER TABLE stories ADD COLUMN merged_into BIGINT REFERENCES stories (id);
CREATE INDEX stories_merged ON stories (merged_into);
INSERT INTO counters (name, value) VALUES ('stories', 1);
