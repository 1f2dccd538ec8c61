-- +goose Up

-- Sources that were added by hand or by import; those of the config stand in it.
-- address is the URL in the form by which two are told to be the same.
CREATE TABLE added_sources (
    name         TEXT PRIMARY KEY,
    address      TEXT NOT NULL UNIQUE,
    url          TEXT NOT NULL,
    kind         TEXT NOT NULL,
    outlet       TEXT NOT NULL,
    country      TEXT NOT NULL,
    rating       TEXT NOT NULL,
    state_linked INTEGER NOT NULL,
    every        INTEGER NOT NULL,
    added        INTEGER NOT NULL
) STRICT;

-- What was seen at once, as an import is, is indexed in the order of publication,
-- whatever order it came in.
DROP INDEX articles_stamp;
CREATE INDEX articles_stamp ON articles (stamp, seen, at, id);
