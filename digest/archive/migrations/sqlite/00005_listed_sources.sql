-- +goose Up

-- Whether the source is still polled: one that was taken off the list, or out of
-- the config, is kept for what it showed.
ALTER TABLE sources ADD COLUMN listed INTEGER NOT NULL DEFAULT 1;
