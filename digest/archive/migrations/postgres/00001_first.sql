-- Times are microseconds since 1970 in UTC. Ids are made by the application.
-- What belongs to a layer above (an edition's body, a conversation's slots, a
-- part's payload) is JSON that its owner wrote.

-- +goose Up
CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('id', 0), ('number', 0);

CREATE TABLE outlets (
    id           BIGINT PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    folded       TEXT NOT NULL,
    country      TEXT NOT NULL DEFAULT '',
    rating       TEXT NOT NULL DEFAULT '',
    state_linked BOOLEAN NOT NULL DEFAULT FALSE,
    host         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outlets_folded ON outlets (folded);

CREATE TABLE sources (
    id            BIGINT PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    outlet        BIGINT NOT NULL REFERENCES outlets (id),
    url           TEXT NOT NULL,
    kind          TEXT NOT NULL,
    etag          TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    first_poll    BIGINT,
    last_poll     BIGINT,
    last_ok       BIGINT,
    failing_since BIGINT,
    failures      BIGINT NOT NULL DEFAULT 0,
    trouble       TEXT NOT NULL DEFAULT '',
    next_poll     BIGINT,
    newest_item   BIGINT
);

-- version is the newest version kept, indexed_version the newest that was
-- indexed (0: none); stamp is empty while the newest version is not indexed.
-- at is when it was published, or first seen where no date holds.
CREATE TABLE articles (
    id              BIGINT PRIMARY KEY,
    url_hash        TEXT NOT NULL UNIQUE,
    url             TEXT NOT NULL,
    outlet          BIGINT NOT NULL REFERENCES outlets (id),
    version         BIGINT NOT NULL,
    indexed_version BIGINT NOT NULL DEFAULT 0,
    stamp           TEXT NOT NULL DEFAULT '',
    seen            BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    backlog         BOOLEAN NOT NULL,
    content_changed BIGINT NOT NULL,
    state_changed   BIGINT NOT NULL
);
CREATE INDEX articles_stamp ON articles (stamp, seen, id);
CREATE INDEX articles_seen ON articles (seen);
CREATE INDEX articles_at ON articles (at);

CREATE TABLE article_versions (
    article        BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version        BIGINT NOT NULL,
    number         BIGINT UNIQUE,
    hash           TEXT NOT NULL,
    title          TEXT NOT NULL,
    authors        TEXT NOT NULL,
    via            TEXT NOT NULL,
    published      BIGINT,
    published_zone BIGINT NOT NULL DEFAULT 0,
    published_day  BOOLEAN NOT NULL DEFAULT FALSE,
    updated        BIGINT,
    updated_zone   BIGINT NOT NULL DEFAULT 0,
    updated_day    BOOLEAN NOT NULL DEFAULT FALSE,
    lang           TEXT NOT NULL,
    text           TEXT NOT NULL,
    partial        TEXT NOT NULL,
    changed        BIGINT NOT NULL,
    PRIMARY KEY (article, version)
);

CREATE TABLE sightings (
    source  BIGINT NOT NULL REFERENCES sources (id),
    guid    TEXT NOT NULL,
    article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    url     TEXT NOT NULL,
    mark    TEXT NOT NULL,
    seen    BIGINT NOT NULL,
    last    BIGINT NOT NULL,
    PRIMARY KEY (source, guid, article)
);
CREATE INDEX sightings_article ON sightings (article);

CREATE TABLE relations (
    article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    other   BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL,
    share   DOUBLE PRECISION NOT NULL,
    why     TEXT NOT NULL,
    stamp   TEXT NOT NULL,
    PRIMARY KEY (article, other)
);
CREATE INDEX relations_other ON relations (other);

CREATE TABLE tags (
    article BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    place   BIGINT NOT NULL,
    weight  DOUBLE PRECISION NOT NULL,
    why     TEXT NOT NULL,
    stamp   TEXT NOT NULL,
    PRIMARY KEY (article, version, kind, id),
    FOREIGN KEY (article, version) REFERENCES article_versions (article, version) ON DELETE CASCADE
);
CREATE INDEX tags_id ON tags (kind, id, article);

CREATE TABLE stories (
    id      BIGINT PRIMARY KEY,
    founder BIGINT NOT NULL,
    begun   BIGINT NOT NULL,
    changed BIGINT NOT NULL
);

CREATE TABLE memberships (
    article BIGINT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story   BIGINT NOT NULL REFERENCES stories (id),
    why     TEXT NOT NULL,
    stamp   TEXT NOT NULL,
    joined  BIGINT NOT NULL
);
CREATE INDEX memberships_story ON memberships (story);

-- The dictionary stems as FTS5's porter does and has no stop words. The words
-- come folded by the application, so every kind of token goes to it.
CREATE TEXT SEARCH DICTIONARY attache_porter (TEMPLATE = snowball, LANGUAGE = porter);
CREATE TEXT SEARCH CONFIGURATION attache (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION attache ADD MAPPING FOR
    asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart,
    email, protocol, url, host, url_path, file, sfloat, float, int, uint, version, tag, entity
    WITH attache_porter;

-- key is at x 1,000 and a tie-breaker: the order of time. The table is slim, so
-- that a search reads no text.
CREATE TABLE docs (
    key     BIGINT PRIMARY KEY,
    article BIGINT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
    words   TSVECTOR NOT NULL
);
ALTER TABLE docs ALTER COLUMN words SET STATISTICS 2000;
CREATE INDEX docs_words ON docs USING gin (words);

CREATE TABLE editions (
    desk    TEXT NOT NULL,
    number  BIGINT NOT NULL,
    due     BIGINT NOT NULL,
    since   BIGINT NOT NULL,
    until   BIGINT NOT NULL,
    read_to BIGINT NOT NULL,
    body    TEXT NOT NULL,
    stored  BIGINT NOT NULL,
    PRIMARY KEY (desk, number),
    UNIQUE (desk, due)
);

CREATE TABLE edition_sentences (
    desk       TEXT NOT NULL,
    number     BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    n          BIGINT NOT NULL,
    story      BIGINT NOT NULL,
    story_no   BIGINT NOT NULL,
    article    BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    start_byte BIGINT NOT NULL,
    end_byte   BIGINT NOT NULL,
    hash       TEXT NOT NULL,
    PRIMARY KEY (desk, number, place),
    FOREIGN KEY (desk, number) REFERENCES editions (desk, number) ON DELETE CASCADE,
    FOREIGN KEY (article, version) REFERENCES article_versions (article, version)
);
CREATE INDEX edition_sentences_article ON edition_sentences (article, version);
CREATE INDEX edition_sentences_story ON edition_sentences (story);

CREATE TABLE runs (
    id          BIGINT PRIMARY KEY,
    name        TEXT NOT NULL,
    due         BIGINT NOT NULL,
    state       TEXT NOT NULL,
    fence       BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT,
    attempts    BIGINT NOT NULL DEFAULT 0,
    trouble     TEXT NOT NULL DEFAULT '',
    started     BIGINT,
    ended       BIGINT,
    UNIQUE (name, due)
);
CREATE INDEX runs_state ON runs (state, due);

CREATE TABLE deliveries (
    key           TEXT PRIMARY KEY,
    place         TEXT NOT NULL,
    sequence      BIGINT NOT NULL,
    parent        TEXT REFERENCES deliveries (key),
    desk          TEXT,
    edition       BIGINT,
    payload       TEXT NOT NULL,
    state         TEXT NOT NULL,
    fence         BIGINT NOT NULL DEFAULT 0,
    lease_until   BIGINT,
    not_before    BIGINT,
    attempts      BIGINT NOT NULL DEFAULT 0,
    trouble       TEXT NOT NULL DEFAULT '',
    platform_id   TEXT NOT NULL DEFAULT '',
    planned       BIGINT NOT NULL,
    state_changed BIGINT NOT NULL,
    UNIQUE (place, sequence)
);
CREATE INDEX deliveries_state ON deliveries (state, place, sequence);

CREATE TABLE conversations (
    key     TEXT PRIMARY KEY,
    slots   TEXT NOT NULL,
    changed BIGINT NOT NULL
);

CREATE TABLE desk_changes (
    id     BIGINT PRIMARY KEY,
    desk   TEXT NOT NULL,
    who    TEXT NOT NULL,
    at     BIGINT NOT NULL,
    change TEXT NOT NULL
);
CREATE INDEX desk_changes_desk ON desk_changes (desk, id);

CREATE TABLE leases (
    name        TEXT PRIMARY KEY,
    holder      TEXT NOT NULL,
    fence       BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);

CREATE TABLE notes (
    owner   TEXT NOT NULL,
    key     TEXT NOT NULL,
    value   TEXT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE requests (
    id      TEXT PRIMARY KEY,
    handled BIGINT NOT NULL
);
CREATE INDEX requests_handled ON requests (handled);
