package archive

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// DayCount is how much a day had of something.
type DayCount struct {
	Day      time.Time // its midnight in the zone that was asked for
	Articles int
	Stories  int // how many stories these articles belong to
}

// CountByDay counts the articles that have a tag ("dyad:AZE-ISR", "actor:AZE",
// "theme:gas", "mention:AZE", "focus:AZE"), for each day from that of since up
// to that of until, which is not counted if until is its midnight. Days are those
// of the zone.
func (a *Archive) CountByDay(ctx context.Context, tag string, since, until time.Time, zone *time.Location) ([]DayCount, error) {
	kind, id, ok := strings.Cut(tag, ":")
	if !ok {
		return nil, fmt.Errorf("count by day: %q is not a kind and an id, as in dyad:AZE-ISR", tag)
	}
	days, place := daysBetween(since, until, zone)
	stories := map[string]bool{}
	args := params{kind, id, instant{since}, instant{until}}
	query := `SELECT a.at, COALESCE(m.story, 0) FROM tags t
		JOIN articles a ON a.id = t.article AND a.indexed_version = t.version
		LEFT JOIN memberships m ON m.article = a.id
		WHERE t.kind = $1 AND t.id = $2 AND a.at >= $3 AND a.at < $4` + a.seenBy("a", &args)
	err := each(ctx, a.read, query, args, func(row *sql.Rows) error {
		var at instant
		var story int64
		if err := row.Scan(&at, &story); err != nil {
			return err
		}
		day := at.In(zone).Format(time.DateOnly)
		i, ok := place[day]
		if !ok {
			return nil
		}
		days[i].Articles++
		if key := fmt.Sprint(day, " ", story); story != 0 && !stories[key] {
			stories[key] = true
			days[i].Stories++
		}
		return nil
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("count %s by day: %w", tag, err))
	}
	return days, nil
}

// daysBetween lists the days of a period, and each one's place by its date.
func daysBetween(since, until time.Time, zone *time.Location) ([]DayCount, map[string]int) {
	var days []DayCount
	place := map[string]int{}
	y, m, d := since.In(zone).Date()
	for i := 0; ; i++ {
		day := time.Date(y, m, d+i, 0, 0, 0, 0, zone)
		if !day.Before(until) {
			return days, place
		}
		// The date by the calendar: a midnight that a change of the clock removes
		// would fall on the day before.
		place[time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)] = len(days)
		days = append(days, DayCount{Day: day})
	}
}
