package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"attache/digest"
	"attache/digest/archive"
)

// Publisher stores editions, and plans what is posted of them.
type Publisher struct {
	Archive  *archive.Archive
	Adapters map[string]Adapter // by platform, or platform/workspace
	Log      *slog.Logger
}

// Publish stores a digest as its desk's next edition with a delivery for each
// part in each place, and ends its run, all or nothing. Nothing is posted before
// notBefore; the zero time is at once. The run is nil where somebody asked for the
// edition.
//
// The error is archive.ErrStale where the digest must be built again, and
// archive.ErrEditionExists where the desk has one for its due time. A place that
// can't be served is logged, and keeps nothing from the others; where none of them
// can, nothing is stored, so that what the edition would have told isn't lost.
func (p *Publisher) Publish(ctx context.Context, r *archive.Run, d *digest.Digest, places []Place, notBefore time.Time) error {
	e, err := d.Edition()
	if err != nil {
		return err
	}
	var all []archive.Delivery
	var refused error
	for _, place := range places {
		parts, err := p.plan(fmt.Sprintf("%s/%d", d.Desk, d.Number), place, Edition(d))
		if err != nil {
			refused = cmp.Or(refused, err)
			p.Log.Error("an edition can't be posted", "desk", d.Desk, "edition", d.Number, "place", place.String(), "error", err)
			continue
		}
		for i := range parts {
			parts[i].Desk, parts[i].Edition, parts[i].NotBefore = d.Desk, d.Number, notBefore
		}
		all = append(all, parts...)
	}
	if refused != nil && len(all) == 0 {
		return fmt.Errorf("no place takes the edition: %w", refused)
	}
	if err := p.Archive.Publish(ctx, r, e, all); err != nil {
		return err
	}
	log := p.Log.With("edition", fmt.Sprintf("%s/%d", d.Desk, d.Number), "parts", len(all))
	if r != nil {
		log = log.With("run", r.Name)
	}
	if !notBefore.IsZero() {
		log = log.With("not_before", notBefore.UTC().Format(time.RFC3339))
	}
	log.Info("edition published", "due", d.Due.UTC().Format(time.RFC3339))
	return nil
}

// Serves says why nothing can be posted to a place; nil where something can.
func (p *Publisher) Serves(place Place) error {
	if p.Adapters[place.Adapter()] == nil {
		return fmt.Errorf("nothing is set up for %s", place.Adapter())
	}
	return nil
}

// Tell plans a message to a place, once for each key.
func (p *Publisher) Tell(ctx context.Context, key string, place Place, m Message) error {
	parts, err := p.plan(key, place, Thread{Root: m})
	if err != nil {
		return err
	}
	return p.Archive.Plan(ctx, parts)
}

// plan makes the deliveries of a thread in a place. Their keys begin with what it
// is, and go on with where it goes.
func (p *Publisher) plan(what string, place Place, t Thread) ([]archive.Delivery, error) {
	if err := p.Serves(place); err != nil {
		return nil, err
	}
	parts, err := p.Adapters[place.Adapter()].Plan(place, t)
	if err != nil {
		return nil, fmt.Errorf("planning %s for %s: %w", what, place, err)
	}
	key := func(n int) string { return fmt.Sprintf("%s/%s/%d", what, place, n) }
	all := make([]archive.Delivery, 0, len(parts))
	for i, part := range parts {
		d := archive.Delivery{Key: key(i + 1), Place: place.String(), Payload: part.Payload}
		if part.Under > 0 {
			d.Parent = key(part.Under)
		}
		all = append(all, d)
	}
	return slices.Clip(all), nil
}
