package main

import (
	"log/slog"

	"attache/bot"
)

// handler does what people ask for, wherever they do.
func (a *app) handler(operator string, limits bot.Limits, log *slog.Logger) *bot.Handler {
	return &bot.Handler{
		Archive: a.archive, Engine: a.converse.Engine, Theme: themeName, Builder: a.builder,
		Operator: operator, Limits: limits, Log: log, Now: a.now,
	}
}

// alone are the limits of one who sits at the terminal: none.
func alone() bot.Limits {
	const unlimited = 1 << 30
	return bot.Limits{PerPerson: unlimited, PerPlace: unlimited}
}
