-- +goose Up

-- The address of the feed that was found for a site; its validators are this feed's.
ALTER TABLE sources ADD COLUMN found TEXT NOT NULL DEFAULT '';
