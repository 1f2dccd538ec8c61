-- +goose Up

-- What people said was wrong with what was made of an article: that it does not
-- belong with the rest of its story (apart), or is not about something (untag).
CREATE TABLE verdicts (
    id       INTEGER PRIMARY KEY,
    desk     TEXT NOT NULL,
    who      TEXT NOT NULL,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    story    INTEGER NOT NULL,
    tag_kind TEXT NOT NULL,
    tag      TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_article ON verdicts (article);
CREATE INDEX verdicts_desk ON verdicts (desk, id);

-- Whom a verdict keeps apart: the article with its copies (moved) from those that
-- its story had besides them.
CREATE TABLE verdict_articles (
    verdict INTEGER NOT NULL REFERENCES verdicts (id) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    moved   INTEGER NOT NULL,
    PRIMARY KEY (verdict, article)
) STRICT;
CREATE INDEX verdict_articles_article ON verdict_articles (article);
