package backstage

import (
	"context"
	"fmt"
	"sync"
	"time"

	"attache/bot"
	"attache/digest"
	"attache/digest/archive"
	"attache/sources"
	"attache/sources/fetch"
	"attache/sources/newsroom"
)

// gather reads what the newsroom publishes by its clock, and understands it.
func gather(ctx context.Context, world *newsroom.World, a *archive.Archive) error {
	g := &sources.Gatherer{
		Client: fetch.New(fetch.Options{Transport: world.Transport(), Robots: true, Now: world.Now, Pace: time.Nanosecond}),
		Store:  a, Now: world.Now,
	}
	for _, o := range world.Outlets() {
		outlet := sources.Outlet{Name: o.Name, Country: o.Country, Rating: o.Rating, StateLinked: o.StateLinked, Host: o.Host}
		for _, address := range o.Feeds {
			source := sources.Source{Name: o.Name, Outlet: o.Name, URL: address, Kind: sources.Kind(o.Kind)}
			if _, err := g.Gather(ctx, source, outlet); err != nil {
				return fmt.Errorf("gathering %s: %w", o.Name, err)
			}
		}
	}
	_, err := indexer(a).Index(ctx)
	return err
}

func indexer(a *archive.Archive) *digest.Indexer {
	return &digest.Indexer{Archive: a, Actors: catalogue(), Themes: tagger()}
}

// desks are Caucasus, which Leyla's group may change, and Energy, which Murad may.
func (b *Backstage) desks() []bot.Desk {
	desk := func(name, who, channel string, follow []digest.Subject) bot.Desk {
		return bot.Desk{
			Desk: digest.Desk{Name: name, Zone: baku(), Follow: follow}, Schedule: "30 7 * * *",
			Places:    []bot.Place{{Platform: b.platform.Name, Channel: channel}},
			MayChange: []string{b.platform.ID(who)},
		}
	}
	follow := followed()
	return []bot.Desk{
		desk("Caucasus", "@caucasus-leads", b.platform.Channels[0], follow[0]),
		desk("Energy", "Murad", b.platform.Channels[1], follow[1]),
	}
}

// followed is what the desks follow.
var followed = sync.OnceValue(func() (all [2][]digest.Subject) {
	for i, names := range [2][]string{{"AZE-ISR", "AZE-TUR", "AZE-IRN", "ISR-TUR", "Armenia", "energy"}, {"oil", "gas"}} {
		for _, name := range names {
			s, err := digest.ResolveSubject(catalogue(), nil, name)
			if err != nil {
				panic(err) // the names are those above
			}
			all[i] = append(all[i], s)
		}
	}
	return all
})

func baku() *time.Location {
	zone, err := time.LoadLocation("Asia/Baku")
	if err != nil {
		panic(err) // there is none without Go's list of zones
	}
	return zone
}
