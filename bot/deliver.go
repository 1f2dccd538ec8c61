package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"attache/digest/archive"
)

// Deliverer posts what was planned: each part once, those of a place in their
// order. Before a post the archive records that it is being sent; where that
// record is found without an end, the adapter looks for the part before it is
// posted again.
type Deliverer struct {
	Archive  *archive.Archive
	Adapters map[string]Adapter // by platform, or platform/workspace
	Log      *slog.Logger
	// Timeout is for one call of a platform, Landing the time in which a call that
	// was given up may still take effect. Zero: 10 s, 5 s.
	Timeout, Landing time.Duration
	Workers          int           // how many places are served at once; zero: 4
	Poll             time.Duration // between two looks for what others planned; zero: 500 ms

	nag nag
}

// Run delivers until ctx ends, and then finishes the posts that are in hand.
func (d *Deliverer) Run(ctx context.Context) {
	planned := d.Archive.Planned(ctx)
	var workers sync.WaitGroup
	for range cmp.Or(d.Workers, 4) {
		workers.Go(func() { d.work(ctx, planned) })
	}
	workers.Wait()
}

func (d *Deliverer) work(ctx context.Context, planned <-chan struct{}) {
	for ctx.Err() == nil {
		more, err := d.Step(ctx)
		if err != nil && ctx.Err() == nil {
			d.nag.error(d.Log, "delivering", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-planned:
		case <-time.After(cmp.Or(d.Poll, 500*time.Millisecond)):
		}
	}
}

// Step delivers one part, and says whether there was one. Its error is the
// archive's; what a platform says is kept with the delivery.
func (d *Deliverer) Step(ctx context.Context) (more bool, err error) {
	until := d.until()
	next, err := d.Archive.ClaimDelivery(ctx, d.lease())
	if err != nil || next == nil {
		return false, err
	}
	// A post that was begun is ended, even when attache is told to stop.
	err = d.deliver(context.WithoutCancel(ctx), next, until)
	if errors.Is(err, archive.ErrLost) {
		d.Log.Warn("delivery lost to another worker", "key", next.Key)
		return true, nil
	}
	return true, err
}

func (d *Deliverer) timeout() time.Duration { return cmp.Or(d.Timeout, 10*time.Second) }

// lease covers one call, and what may still land of it.
func (d *Deliverer) lease() time.Duration { return d.timeout() + cmp.Or(d.Landing, 5*time.Second) }

// until is when a call must be over whose lease is taken now: a process that was
// stopped between the two posts nothing when it goes on.
func (d *Deliverer) until() time.Time { return time.Now().Add(d.timeout()) }

func (d *Deliverer) deliver(ctx context.Context, next *archive.Delivery, until time.Time) error {
	place, err := ParsePlace(next.Place)
	if err != nil {
		return d.Archive.BuryDelivery(ctx, next, archive.Refused, err.Error())
	}
	adapter := d.Adapters[place.Adapter()]
	if adapter == nil {
		return d.notServed(ctx, next, place)
	}
	if next.State == archive.Withdrawing {
		return d.withdraw(ctx, adapter, next, place)
	}
	post := Post{Key: mark(next), Place: place, Under: next.ParentID, Payload: next.Payload, Planned: next.Planned}
	if next.Doubt {
		if settled, err := d.look(ctx, adapter, next, post); settled || err != nil {
			return err
		}
		until = d.until()
		if err := d.Archive.RenewDelivery(ctx, next, d.lease()); err != nil {
			return err
		}
	}
	return d.post(ctx, adapter, next, post, until)
}

// notServed puts off what nothing serves, until the config has it. A doubt stays.
func (d *Deliverer) notServed(ctx context.Context, next *archive.Delivery, place Place) error {
	err := fmt.Errorf("nothing is set up for %s: add it to the config, or drop this delivery", place.Adapter())
	if next.State == archive.Withdrawing {
		return d.Archive.DeliveryStays(ctx, next, err.Error())
	}
	if next.Doubt {
		return d.Archive.DoubtDelivery(ctx, next, time.Minute, err.Error())
	}
	return d.putOff(ctx, next, time.Minute, err)
}

// mark is what a part is found again by: its key, and when it was planned. A new
// archive, or one that was put back, gives an old key to another edition.
func mark(d *archive.Delivery) string {
	return d.Key + "@" + strconv.FormatInt(d.Planned.UnixMicro(), 36)
}

// look finds out whether an earlier post landed. Unless that settles the delivery,
// it is to be posted.
func (d *Deliverer) look(ctx context.Context, adapter Adapter, next *archive.Delivery, post Post) (settled bool, err error) {
	found, id, err := d.find(ctx, adapter, post)
	if err != nil {
		d.Log.Warn("looking for a part failed", "key", next.Key, "attempt", next.Attempts, "error", err)
		return true, d.Archive.DoubtDelivery(ctx, next, pause(next.Attempts), "looking for it: "+err.Error())
	}
	switch found {
	case There:
		d.Log.Info("delivered before", "key", next.Key, "place", next.Place, "id", id)
		return true, d.Archive.DeliverySent(ctx, next, id)
	case CannotTell:
		d.Log.Error("can't tell whether a part was posted", "key", next.Key, "place", next.Place)
		return true, d.Archive.BuryDelivery(ctx, next, archive.Unknown,
			"it may have been posted, and "+next.Place+" can't tell: look there, then retry it, drop it, or say that it is there (attache deliveries sent)")
	}
	return false, nil
}

func (d *Deliverer) find(ctx context.Context, adapter Adapter, post Post) (Finding, string, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout())
	defer cancel()
	return adapter.Find(ctx, post)
}

func (d *Deliverer) post(ctx context.Context, adapter Adapter, next *archive.Delivery, post Post, until time.Time) error {
	call, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	if call.Err() != nil {
		return d.putOff(ctx, next, 0, errors.New("attache was held up before it could post"))
	}
	id, err := adapter.Post(call, post)
	var retry *RetryError
	var refused *RefusedError
	switch {
	case err == nil:
		d.Log.Info("delivered", "key", next.Key, "place", next.Place, "attempt", next.Attempts)
		return d.Archive.DeliverySent(ctx, next, id)
	case errors.As(err, &retry):
		return d.putOff(ctx, next, max(retry.After, pause(next.Attempts)), err)
	case errors.As(err, &refused):
		d.Log.Error("delivery refused", "key", next.Key, "place", next.Place, "error", err)
		return d.Archive.BuryDelivery(ctx, next, archive.Refused, err.Error())
	}
	// It may have landed: whoever takes it next looks first, when nothing of this
	// attempt can land any more.
	d.Log.Warn("delivery in doubt", "key", next.Key, "place", next.Place, "attempt", next.Attempts, "error", err)
	return d.Archive.DoubtDelivery(ctx, next, cmp.Or(d.Landing, 5*time.Second)+pause(next.Attempts), err.Error())
}

// withdraw takes what was posted out of its place. Nothing waits for it.
func (d *Deliverer) withdraw(ctx context.Context, adapter Adapter, next *archive.Delivery, place Place) error {
	call, cancel := context.WithTimeout(ctx, d.timeout())
	defer cancel()
	err := adapter.Withdraw(call, place, next.PlatformID)
	var refused *RefusedError
	switch {
	case err == nil:
		d.Log.Info("withdrawn", "key", next.Key, "place", next.Place)
		return d.Archive.DeliveryWithdrawn(ctx, next)
	case errors.As(err, &refused):
		d.Log.Error("a part can't be withdrawn", "key", next.Key, "place", next.Place, "error", err)
		return d.Archive.DeliveryStays(ctx, next, "it can't be withdrawn: "+err.Error())
	}
	var retry *RetryError
	wait := pause(next.Attempts)
	if errors.As(err, &retry) {
		wait = max(retry.After, wait)
	}
	d.Log.Warn("withdrawing put off", "key", next.Key, "place", next.Place, "wait", wait.Round(time.Millisecond), "error", err)
	return d.Archive.PutOffWithdrawal(ctx, next, wait, err.Error())
}

// putOff holds back the place, and no other.
func (d *Deliverer) putOff(ctx context.Context, next *archive.Delivery, wait time.Duration, why error) error {
	d.Log.Warn("delivery put off", "key", next.Key, "place", next.Place, "attempt", next.Attempts, "wait", wait.Round(time.Millisecond), "error", why)
	return d.Archive.PutOffDelivery(ctx, next, wait, why.Error())
}

// pause is how long to wait after that many attempts: twice as long each time, up
// to five minutes, by a chance of half, so that many don't come back at once.
func pause(attempts int) time.Duration {
	const first, longest = 500 * time.Millisecond, 5 * time.Minute
	full := min(first<<min(attempts-1, 16), longest)
	return full/2 + rand.N(full/2)
}
