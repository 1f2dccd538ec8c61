-- Times are microseconds since 1970 in UTC. Ids are made by the application.
-- What belongs to a layer above (an edition's body, a conversation's slots, a
-- part's payload) is JSON that its owner wrote.

-- +goose Up
PRAGMA application_id = 1635017576;

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO counters (name, value) VALUES ('id', 0), ('number', 0);

CREATE TABLE outlets (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    folded       TEXT NOT NULL,
    country      TEXT NOT NULL DEFAULT '',
    rating       TEXT NOT NULL DEFAULT '',
    state_linked INTEGER NOT NULL DEFAULT 0,
    host         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outlets_folded ON outlets (folded);

CREATE TABLE sources (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    outlet        INTEGER NOT NULL REFERENCES outlets (id),
    url           TEXT NOT NULL,
    kind          TEXT NOT NULL,
    etag          TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    first_poll    INTEGER,
    last_poll     INTEGER,
    last_ok       INTEGER,
    failing_since INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    trouble       TEXT NOT NULL DEFAULT '',
    next_poll     INTEGER,
    newest_item   INTEGER
) STRICT;

-- version is the newest version kept, indexed_version the newest that was
-- indexed (0: none); stamp is empty while the newest version is not indexed.
-- at is when it was published, or first seen where no date holds.
CREATE TABLE articles (
    id              INTEGER PRIMARY KEY,
    url_hash        TEXT NOT NULL UNIQUE,
    url             TEXT NOT NULL,
    outlet          INTEGER NOT NULL REFERENCES outlets (id),
    version         INTEGER NOT NULL,
    indexed_version INTEGER NOT NULL DEFAULT 0,
    stamp           TEXT NOT NULL DEFAULT '',
    seen            INTEGER NOT NULL,
    at              INTEGER NOT NULL,
    backlog         INTEGER NOT NULL,
    content_changed INTEGER NOT NULL,
    state_changed   INTEGER NOT NULL
) STRICT;
CREATE INDEX articles_stamp ON articles (stamp, seen, id);
CREATE INDEX articles_seen ON articles (seen);
CREATE INDEX articles_at ON articles (at);

CREATE TABLE article_versions (
    article        INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version        INTEGER NOT NULL,
    number         INTEGER UNIQUE,
    hash           TEXT NOT NULL,
    title          TEXT NOT NULL,
    authors        TEXT NOT NULL,
    via            TEXT NOT NULL,
    published      INTEGER,
    published_zone INTEGER NOT NULL DEFAULT 0,
    published_day  INTEGER NOT NULL DEFAULT 0,
    updated        INTEGER,
    updated_zone   INTEGER NOT NULL DEFAULT 0,
    updated_day    INTEGER NOT NULL DEFAULT 0,
    lang           TEXT NOT NULL,
    text           TEXT NOT NULL,
    partial        TEXT NOT NULL,
    changed        INTEGER NOT NULL,
    PRIMARY KEY (article, version)
) STRICT;

CREATE TABLE sightings (
    source  INTEGER NOT NULL REFERENCES sources (id),
    guid    TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    url     TEXT NOT NULL,
    mark    TEXT NOT NULL,
    seen    INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    PRIMARY KEY (source, guid, article)
) STRICT;
CREATE INDEX sightings_article ON sightings (article);

CREATE TABLE relations (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    other   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL,
    share   REAL NOT NULL,
    why     TEXT NOT NULL,
    stamp   TEXT NOT NULL,
    PRIMARY KEY (article, other)
) STRICT;
CREATE INDEX relations_other ON relations (other);

CREATE TABLE tags (
    article INTEGER NOT NULL,
    version INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    place   INTEGER NOT NULL,
    weight  REAL NOT NULL,
    why     TEXT NOT NULL,
    stamp   TEXT NOT NULL,
    PRIMARY KEY (article, version, kind, id),
    FOREIGN KEY (article, version) REFERENCES article_versions (article, version) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_id ON tags (kind, id, article);

CREATE TABLE stories (
    id      INTEGER PRIMARY KEY,
    founder INTEGER NOT NULL,
    begun   INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story   INTEGER NOT NULL REFERENCES stories (id),
    why     TEXT NOT NULL,
    stamp   TEXT NOT NULL,
    joined  INTEGER NOT NULL
) STRICT;
CREATE INDEX memberships_story ON memberships (story);

-- key is at x 1,000 and a tie-breaker: the order of time, and the row of docs_text.
CREATE TABLE docs (
    key     INTEGER PRIMARY KEY,
    article INTEGER NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE
) STRICT;
CREATE VIRTUAL TABLE docs_text USING fts5 (
    title, body, tags,
    content = '', contentless_delete = 1, prefix = '3',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
-- +goose StatementBegin
CREATE TRIGGER docs_gone AFTER DELETE ON docs BEGIN
    DELETE FROM docs_text WHERE rowid = old.key;
END;
-- +goose StatementEnd

CREATE TABLE editions (
    desk    TEXT NOT NULL,
    number  INTEGER NOT NULL,
    due     INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    read_to INTEGER NOT NULL,
    body    TEXT NOT NULL,
    stored  INTEGER NOT NULL,
    PRIMARY KEY (desk, number),
    UNIQUE (desk, due)
) STRICT;

CREATE TABLE edition_sentences (
    desk       TEXT NOT NULL,
    number     INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    story      INTEGER NOT NULL,
    story_no   INTEGER NOT NULL,
    article    INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    start_byte INTEGER NOT NULL,
    end_byte   INTEGER NOT NULL,
    hash       TEXT NOT NULL,
    PRIMARY KEY (desk, number, place),
    FOREIGN KEY (desk, number) REFERENCES editions (desk, number) ON DELETE CASCADE,
    FOREIGN KEY (article, version) REFERENCES article_versions (article, version)
) STRICT;
CREATE INDEX edition_sentences_article ON edition_sentences (article, version);
CREATE INDEX edition_sentences_story ON edition_sentences (story);

CREATE TABLE runs (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    due         INTEGER NOT NULL,
    state       TEXT NOT NULL,
    fence       INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    attempts    INTEGER NOT NULL DEFAULT 0,
    trouble     TEXT NOT NULL DEFAULT '',
    started     INTEGER,
    ended       INTEGER,
    UNIQUE (name, due)
) STRICT;
CREATE INDEX runs_state ON runs (state, due);

CREATE TABLE deliveries (
    key           TEXT PRIMARY KEY,
    place         TEXT NOT NULL,
    sequence      INTEGER NOT NULL,
    parent        TEXT REFERENCES deliveries (key),
    desk          TEXT,
    edition       INTEGER,
    payload       TEXT NOT NULL,
    state         TEXT NOT NULL,
    fence         INTEGER NOT NULL DEFAULT 0,
    lease_until   INTEGER,
    not_before    INTEGER,
    attempts      INTEGER NOT NULL DEFAULT 0,
    trouble       TEXT NOT NULL DEFAULT '',
    platform_id   TEXT NOT NULL DEFAULT '',
    planned       INTEGER NOT NULL,
    state_changed INTEGER NOT NULL,
    UNIQUE (place, sequence)
) STRICT;
CREATE INDEX deliveries_state ON deliveries (state, place, sequence);

CREATE TABLE conversations (
    key     TEXT PRIMARY KEY,
    slots   TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

CREATE TABLE desk_changes (
    id     INTEGER PRIMARY KEY,
    desk   TEXT NOT NULL,
    who    TEXT NOT NULL,
    at     INTEGER NOT NULL,
    change TEXT NOT NULL
) STRICT;
CREATE INDEX desk_changes_desk ON desk_changes (desk, id);

CREATE TABLE leases (
    name        TEXT PRIMARY KEY,
    holder      TEXT NOT NULL,
    fence       INTEGER NOT NULL,
    lease_until INTEGER NOT NULL
) STRICT;

CREATE TABLE notes (
    owner   TEXT NOT NULL,
    key     TEXT NOT NULL,
    value   TEXT NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT;

CREATE TABLE requests (
    id      TEXT PRIMARY KEY,
    handled INTEGER NOT NULL
) STRICT;
CREATE INDEX requests_handled ON requests (handled);
