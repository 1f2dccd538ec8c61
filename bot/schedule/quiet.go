package schedule

import (
	"fmt"
	"time"
)

// Quiet are the hours of each day in which nothing is posted. The zero Quiet has
// none.
type Quiet struct {
	from, to time.Duration // since midnight on the wall
	zone     *time.Location
}

// ParseQuiet reads "22:00-06:30", which may go over midnight, in the zone.
func ParseQuiet(hours string, zone *time.Location) (Quiet, error) {
	var h1, m1, h2, m2 int
	var rest string
	n, _ := fmt.Sscanf(hours+"\n", "%d:%d-%d:%d%s", &h1, &m1, &h2, &m2, &rest)
	if n != 4 || len(hours) != len("22:00-06:30") || h1 > 23 || h2 > 23 || m1 > 59 || m2 > 59 {
		return Quiet{}, fmt.Errorf("expected hours such as 22:00-06:30, not %q", hours)
	}
	q := Quiet{from: clock(h1, m1), to: clock(h2, m2), zone: zone}
	if q.from == q.to {
		return Quiet{}, fmt.Errorf("the hours %q have no length", hours)
	}
	return q, nil
}

func clock(h, m int) time.Duration {
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
}

// Over is when the quiet hours that a time falls in are over: the time itself
// where it falls in none.
func (q Quiet) Over(at time.Time) time.Time {
	if q.zone == nil {
		return at
	}
	local := at.In(q.zone)
	now := clock(local.Hour(), local.Minute())
	y, m, d := local.Date()
	switch {
	case q.from < q.to && (now < q.from || now >= q.to), // 12:00-14:00
		q.from > q.to && now < q.from && now >= q.to: // 22:00-06:30
		return at
	case q.from > q.to && now >= q.from:
		d++
	}
	wall := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Add(q.to)
	over, _ := (&Schedule{zone: q.zone}).resolve(wall)
	return over
}
