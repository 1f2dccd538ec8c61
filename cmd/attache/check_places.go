package main

import (
	"context"
	"strings"

	"golang.org/x/sync/errgroup"

	"attache/bot"
	"attache/bot/discord"
	"attache/bot/slack"
	"attache/config"
)

// checkedPlace is a place with the desks that post there.
type checkedPlace struct {
	config.Place
	desks []string
	found []bot.Checkup
}

// checkPlaces looks at each place that a desk posts to.
func (d *doctor) checkPlaces(ctx context.Context) error {
	adapters, err := newAdapters(d.config)
	if err != nil {
		d.report.fail("places", err.Error(), "")
		return nil
	}
	all := d.places()
	limited, cancel := context.WithTimeout(ctx, d.Timeout)
	defer cancel()
	var asking errgroup.Group
	asking.SetLimit(gatherers)
	for _, p := range all {
		asking.Go(func() error {
			p.found = d.placeCheck(limited, adapters, p.Place)
			return nil
		})
	}
	if err := asking.Wait(); err != nil {
		return err
	}
	for _, p := range all {
		for _, c := range p.found {
			c.What = p.Channel + ": " + strings.TrimPrefix(c.What, p.String()+": ")
			if len(d.config.Desks) > 1 {
				c.What = strings.Join(p.desks, ", ") + ", " + c.What
			}
			d.report.add(placeOf(p.Place).Adapter(), c)
		}
	}
	d.checkApps(limited, adapters)
	d.checkDiscord(limited, adapters)
	return ctx.Err()
}

// checkApps looks at the app of each workspace that has one.
func (d *doctor) checkApps(ctx context.Context, adapters map[string]bot.Adapter) {
	for _, w := range workspaces(d.config) {
		name := bot.Place{Platform: "slack", Workspace: w.Name}.Adapter()
		a, ok := adapters[name].(*slack.Adapter)
		if !ok || d.Offline {
			continue
		}
		keys := slack.Keys{AppToken: w.AppToken.Value(), Signed: w.SigningSecret.Value() != ""}
		for _, c := range a.CheckApp(ctx, appOf(w), keys) {
			d.report.add(name, c)
		}
		if overHTTP(w) && !isHeard(d.config, w) {
			d.report.add(name, bot.Checkup{Verdict: bot.Doubtful, What: "a signing-secret is given and no listen: attache run takes no requests", Remedy: "Give listen an address, as in 127.0.0.1:8080, to which request-url leads"})
		}
	}
}

// checkDiscord looks at the app of Discord, where there is one.
func (d *doctor) checkDiscord(ctx context.Context, adapters map[string]bot.Adapter) {
	a, ok := adapters["discord"].(*discord.Adapter)
	if !ok || d.Offline {
		return
	}
	of := d.config.Discord
	for _, c := range a.CheckApp(ctx, discord.Ears{PublicKey: of.PublicKey, RequestURL: of.RequestURL, PlainText: of.PlainText}) {
		d.report.add("discord", c)
	}
	if !hearsDiscord(d.config) {
		d.report.add("discord", bot.Checkup{Verdict: bot.Doubtful, What: "a public-key is given and no listen: attache run takes no requests", Remedy: "Give listen an address, as in 127.0.0.1:8080, to which request-url leads"})
	}
}

// places are those of all desks, each once, without those that are a mistake of the
// config.
func (d *doctor) places() []*checkedPlace {
	var all []*checkedPlace
	by := map[string]*checkedPlace{}
	for _, desk := range d.config.Desks {
		for _, p := range desk.Post {
			if d.isWrong(p.Pos.Path) {
				continue
			}
			one := by[p.String()]
			if one == nil {
				one = &checkedPlace{Place: p}
				by[p.String()], all = one, append(all, one)
			}
			one.desks = append(one.desks, desk.Name)
		}
	}
	return all
}

// placeCheck says how a place is, as far as its adapter can tell.
func (d *doctor) placeCheck(ctx context.Context, adapters map[string]bot.Adapter, p config.Place) []bot.Checkup {
	place := placeOf(p)
	checker, ok := adapters[place.Adapter()].(bot.Checker)
	if !ok || d.Offline && p.Platform != "file" {
		return []bot.Checkup{{Verdict: bot.Well, What: "set up, and not asked"}}
	}
	return checker.Check(ctx, place)
}
