package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"attache/digest/archive"
)

// checkDatabase looks at the database and its disk, and keeps the archive open.
func (d *doctor) checkDatabase(ctx context.Context) {
	dsn := d.config.Database.Value()
	if dsn == "" {
		d.report.warn("database", "not checked, as the config does not tell which", "")
		return
	}
	health, a, err := archive.Examine(ctx, dsn)
	name := "sqlite " + dsn
	if health.Server != "" {
		name = "postgres " + health.Server
	}
	d.archive = a
	switch {
	case err != nil:
		d.report.fail("database", err.Error(), "")
	case a != nil:
		d.checkArchive(ctx, name, health)
	case health.Have == 0:
		d.report.ok("database", name+": nothing in it yet; the first attache gather or attache run makes it")
	default:
		d.report.warn("database", fmt.Sprintf("%s: schema %d, and this attache brings it to %d when it starts; what it holds was not checked", name, health.Have, health.Know),
			"End an older attache run first.")
	}
	if health.File != "" {
		d.checkDisk(filepath.Dir(health.File))
	}
}

// checkArchive tries the archive. To read it through takes time where it is large.
func (d *doctor) checkArchive(ctx context.Context, name string, health archive.Health) {
	articles, _, err := d.archive.Size(ctx)
	if err == nil {
		err = d.archive.TryWrite(ctx)
	}
	if err != nil {
		d.report.fail("database", name+": "+err.Error(), "")
		return
	}
	what := fmt.Sprintf("%s, %s, schema %d", name, several(articles, "article"), health.Have)
	limited, cancel := context.WithTimeout(ctx, d.Timeout)
	defer cancel()
	err = d.archive.TryRead(limited)
	switch {
	case err == nil:
		d.report.ok("database", what)
	case limited.Err() != nil && errors.Is(limited.Err(), context.DeadlineExceeded):
		d.report.warn("database", fmt.Sprintf("%s; not read through within %s", what, d.Timeout), "Give it more with --timeout.")
	default:
		d.report.fail("database", what+": "+err.Error(), "Stop attache and put back the last backup.")
	}
}

// The room on the database's disk, in bytes, below which a line says so.
const (
	littleRoom = 500 << 20
	noRoom     = 50 << 20
)

// checkDisk measures the room on the disk of a folder.
func (d *doctor) checkDisk(folder string) {
	room, err := freeSpace(folder)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		d.report.warn("disk", fmt.Sprintf("the room in %s could not be measured: %v", folder, err), "")
	default:
		d.room(room, folder)
	}
}

func (d *doctor) room(bytes uint64, folder string) {
	what := fmt.Sprintf("%s free in %s", megabytes(bytes), folder)
	switch {
	case bytes < noRoom:
		d.report.fail("disk", what, "Make room: attache stops when it can't write.")
	case bytes < littleRoom:
		d.report.warn("disk", what, "Make room soon.")
	default:
		d.report.ok("disk", what)
	}
}

// megabytes is a size for people: "470 MB", "12 GB".
func megabytes(n uint64) string {
	const mega, giga = 1 << 20, 1 << 30
	if n < 10*giga {
		return thousands(int(n/mega)) + " MB"
	}
	return thousands(int(n/giga)) + " GB"
}

// How far this machine's clock may be off.
const (
	clockOff   = 2 * time.Second
	clockWrong = 5 * time.Minute
)

// checkClock compares this machine's clock with another one: by how much it is
// ahead, and whose that is.
func (d *doctor) checkClock(ahead time.Duration, whose string) {
	off := ahead.Abs()
	what := fmt.Sprintf("%.1f s off, by %s", off.Seconds(), whose)
	if off >= time.Minute {
		what = fmt.Sprintf("%s %s, by %s", span(off), map[bool]string{true: "fast", false: "slow"}[ahead > 0], whose)
	}
	switch remedy := "Set it by a time server (timedatectl set-ntp true)."; {
	case off > clockWrong:
		d.report.fail("clock", what, remedy)
	case off > clockOff:
		d.report.warn("clock", what, remedy)
	default:
		d.report.ok("clock", what)
	}
}

// databaseClock is how far this machine's clock is before the database's; false
// where that has none of its own.
func (d *doctor) databaseClock(ctx context.Context) (ahead time.Duration, ok bool) {
	if d.archive == nil || !d.archive.Replicas() {
		return 0, false
	}
	before := d.s.now()
	theirs, err := d.archive.Now(ctx)
	if err != nil {
		return 0, false
	}
	between := d.s.now().Sub(before)
	return before.Add(between / 2).Sub(theirs), true
}
