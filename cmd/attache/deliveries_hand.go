package main

import (
	"context"
	"errors"
	"fmt"

	"attache/bot"
	"attache/digest/archive"
)

type deliveriesRetry struct {
	Key     []string `arg:"" optional:"" help:"Keys, as the list shows them."`
	AllDead bool     `name:"all-dead" help:"All that was refused. What may have been posted is left: look in its place first."`
}

// Help is printed under the call's flags.
func (deliveriesRetry) Help() string {
	return `Plans a dead letter, or what was dropped, again, with what goes under it. It goes
out before all else that waits for its place. What is "unknown" may have been
posted: look in the place before you retry it, else it may stand there twice.
` + keyHelp + `

Example:
  attache deliveries retry Caucasus/12/slack:#caucasus/1
  attache deliveries retry --all-dead`
}

// Run plans dead letters again.
func (c deliveriesRetry) Run(ctx context.Context, s *streams, g *settings) (err error) {
	if c.AllDead == (len(c.Key) > 0) {
		return wrongUse("expected the keys of deliveries, or --all-dead")
	}
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	if !c.AllDead {
		return p.byHand(ctx, s, c.Key, "planned again", p.archive.RetryDelivery)
	}
	keys, unknown, err := p.refused(ctx)
	if err != nil {
		return err
	}
	err = p.byHand(ctx, s, keys, "planned again", p.archive.RetryDelivery)
	switch {
	case unknown == 1:
		fmt.Fprintln(s.out, "1 delivery may have been posted and was left: look in the place, then retry or drop it by its key, or say that it is there: attache deliveries sent.")
	case unknown > 1:
		fmt.Fprintf(s.out, "%d deliveries may have been posted and were left: look in the places, then retry or drop each by its key, or say that it is there: attache deliveries sent.\n", unknown)
	case len(keys) == 0:
		fmt.Fprintln(s.out, "No delivery was refused.")
	}
	return err
}

// refused are the keys of what was refused, without what was only because the part
// that it goes under was: that comes along. It counts what may have been posted.
func (p *program) refused(ctx context.Context) (keys []string, unknown int, err error) {
	const all = 1 << 30
	dead, err := p.archive.Deliveries(ctx, all, archive.Refused, archive.Unknown)
	if err != nil {
		return nil, 0, err
	}
	isDead := make(map[string]bool, len(dead))
	for i := range dead {
		isDead[dead[i].Key] = true
	}
	for i := range dead {
		switch d := &dead[i]; {
		case d.State == archive.Unknown:
			unknown++
		case !isDead[d.Parent]:
			keys = append(keys, d.Key)
		}
	}
	return keys, unknown, nil
}

type deliveriesSent struct {
	Key string `arg:"" help:"A key, as the list shows it."`
	ID  string `name:"id" required:"" placeholder:"ID" help:"What the place calls it: a message's id; what goes under it is posted under that."`
}

// Help is printed under the call's flags.
func (deliveriesSent) Help() string {
	return `For what is "unknown": it may have been posted, and its place can't tell. Where you
found it there, this says so, and what goes under it is planned again.
` + keyHelp + `

Example:
  attache deliveries sent Caucasus/12/webhook:site/1 --id m17`
}

// Run records that a delivery was posted.
func (c deliveriesSent) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	key, err := p.deliveryKey(ctx, c.Key)
	if err != nil {
		return err
	}
	if err := p.archive.SettleDelivery(ctx, key, c.ID); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s: posted, as %s; what goes under it is planned again\n", key, c.ID)
	return nil
}

type deliveriesDrop struct {
	Key []string `arg:"" help:"Keys, as the list shows them."`
}

// Help is printed under the call's flags.
func (deliveriesDrop) Help() string {
	return `What is dropped is not posted, nor what goes under it; the rest of the place goes
on. It can be retried later. ` + keyHelp + `

Example:
  attache deliveries drop Caucasus/12/slack:#caucasus/1`
}

// Run gives deliveries up.
func (c deliveriesDrop) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	return p.byHand(ctx, s, c.Key, "dropped", p.archive.DropDelivery)
}

// byHand does the same to several deliveries. One that can't be done is told, and
// the rest are done.
func (p *program) byHand(ctx context.Context, s *streams, parts []string, done string, do func(ctx context.Context, key string) error) error {
	failed := 0
	for _, part := range parts {
		key, err := p.deliveryKey(ctx, part)
		if err == nil {
			err = do(ctx, key)
		}
		if ctx.Err() != nil {
			return err
		}
		if err != nil && len(parts) == 1 {
			return err
		}
		if err != nil {
			failed++
			fmt.Fprintf(s.err, "attache: %v\n", err)
			continue
		}
		fmt.Fprintf(s.out, "%s: %s, with what goes under it\n", key, done)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s not %s", failed, bot.Plural(len(parts), "delivery"), done)
	}
	return nil
}
