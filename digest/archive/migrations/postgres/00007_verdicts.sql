-- +goose Up

-- What people said was wrong with what was made of an article: that it does not
-- belong with the rest of its story (apart), or is not about something (untag).
CREATE TABLE verdicts (
    id       BIGINT PRIMARY KEY,
    desk     TEXT NOT NULL,
    who      TEXT NOT NULL,
    at       BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    article  BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    story    BIGINT NOT NULL,
    tag_kind TEXT NOT NULL,
    tag      TEXT NOT NULL
);
CREATE INDEX verdicts_article ON verdicts (article);
CREATE INDEX verdicts_desk ON verdicts (desk, id);

-- Whom a verdict keeps apart: the article with its copies (moved) from those that
-- its story had besides them.
CREATE TABLE verdict_articles (
    verdict BIGINT NOT NULL REFERENCES verdicts (id) ON DELETE CASCADE,
    article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    moved   BOOLEAN NOT NULL,
    PRIMARY KEY (verdict, article)
);
CREATE INDEX verdict_articles_article ON verdict_articles (article);
