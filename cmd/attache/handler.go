package main

import (
	"io"
	"log/slog"

	"attache/bot"
	"attache/config"
)

// handler does what people ask for, wherever they do.
func (a *app) handler(desks *bot.Desks, operator string, limits bot.Limits, log *slog.Logger) *bot.Handler {
	return &bot.Handler{
		Archive: a.archive, Engine: a.converse.Engine, Theme: themeName, Desks: desks, Builder: a.builder, Indexer: a.indexer,
		Operator: operator, Limits: limits, Log: log, Now: a.now,
	}
}

// limits are how much may be asked, by the config.
func limits(c *config.Config) bot.Limits {
	return bot.Limits{PerPerson: c.Questions.PerPerson, PerPlace: c.Questions.PerChannel, Keep: c.Questions.Keep}
}

// handlerAlone is the handler for one who sits at the terminal with the config: they
// may change all desks, and ask as much as they like. The adapters say where desks
// can post.
func (a *app) handlerAlone(desks *bot.Desks, adapters map[string]bot.Adapter, operator string, who bot.Person, errs io.Writer) *bot.Handler {
	const unlimited = 1 << 30
	all := []string{who.ID}
	own := &bot.Desks{Archive: desks.Archive, Base: desks.Base, Taken: desks.Taken, MaySetUp: all, MayChange: all}
	log := slog.New(slog.NewTextHandler(errs, nil))
	h := a.handler(own, operator, bot.Limits{PerPerson: unlimited, PerPlace: unlimited}, log)
	h.Publisher = &bot.Publisher{Archive: a.archive, Adapters: adapters, Log: log}
	return h
}
