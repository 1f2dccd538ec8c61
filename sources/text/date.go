package text

import "time"

// Date is a date as a publisher wrote it: an instant, or only a day. Its zone
// is the one that was written; UTC where none was. The zero Date is no date.
type Date struct {
	At  time.Time
	Day bool // only the day was given; At is its midnight in the zone written
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.At.IsZero() }

// String gives RFC 3339, only the day where only the day is known, and nothing
// for no date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Day:
		return d.At.Format(time.DateOnly)
	}
	return d.At.Format(time.RFC3339)
}
