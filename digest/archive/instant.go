package archive

import (
	"database/sql/driver"
	"fmt"
	"time"

	"attache/sources"
)

// instant is a time as it is stored: microseconds since 1970 in UTC, NULL for
// the zero time.
type instant struct{ time.Time }

// Value implements [driver.Valuer].
func (i instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.UnixMicro(), nil
}

// Scan implements [database/sql.Scanner].
func (i *instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		i.Time = time.Time{}
	case int64:
		i.Time = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("a time is stored as %T", v)
	}
	return nil
}

// storedDate is a publisher's date as it is stored: the instant, the offset of
// the zone it was written in, in seconds east, and whether it is only a day.
type storedDate struct {
	at   instant
	zone int
	day  bool
}

// storeDate takes the parts of a date apart.
func storeDate(at time.Time, day bool) storedDate {
	if at.IsZero() {
		return storedDate{}
	}
	_, zone := at.Zone()
	return storedDate{instant{at}, zone, day}
}

// is reports whether two dates are stored alike.
func (d storedDate) is(other storedDate) bool {
	return d.at.IsZero() == other.at.IsZero() && d.at.UnixMicro() == other.at.UnixMicro() && d.zone == other.zone && d.day == other.day
}

// time is the instant in the zone that was written.
func (d storedDate) time() time.Time {
	if d.at.IsZero() || d.zone == 0 {
		return d.at.Time
	}
	return d.at.In(time.FixedZone("", d.zone))
}

// setDates puts both stored dates into an article.
func setDates(art *sources.Article, published, updated storedDate) {
	art.Published.At, art.Published.Day = published.time(), published.day
	art.Updated.At, art.Updated.Day = updated.time(), updated.day
}
