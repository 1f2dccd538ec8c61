package config

import (
	"strconv"
	"time"
)

// Questions says how much may be asked, and how long it is kept.
type Questions struct {
	PerPerson  int           // in ten minutes
	PerChannel int           // likewise
	Keep       time.Duration // questions and their answers
}

func questionsShape() shape[Questions] {
	const mostKept = 1000 * 24 * time.Hour
	return shape[Questions]{fields: fields[Questions]{
		value(countKind(1, 10_000), Key{
			name: "per-person", Default: "20", Doc: "How many questions and commands one person may have answered within ten minutes.",
		}, func(q *Questions) *int { return &q.PerPerson }),
		value(countKind(1, 100_000), Key{
			name: "per-channel", Default: "100", Doc: "How many all together in one channel may, within ten minutes.",
		}, func(q *Questions) *int { return &q.PerChannel }),
		value(durationKind(24*time.Hour, mostKept), Key{
			name: "keep", Default: "720h",
			Doc: "How long questions and their answers are kept, at least a day. A thread that is older begins anew; what was posted in chat stays there.",
		}, func(q *Questions) *time.Duration { return &q.Keep }),
	}}
}

// countKind is a number from the least to the most.
func countKind(least, most int) kind[int] {
	name := "a number from " + strconv.Itoa(least) + " to " + strconv.Itoa(most)
	return kind[int]{
		name, schema{"anyOf": []any{
			schema{"type": "integer", "minimum": least, "maximum": most},
			schema{"type": "string", "pattern": orVariable(`^\d+$`)},
		}},
		func(r *reader, n node) int {
			s := r.text(n)
			if s == "" {
				return 0
			}
			count, err := strconv.Atoi(s)
			if err != nil || count < least || count > most {
				r.mistake(n, "expected %s", name)
			}
			return count
		},
		func(count int) any { return count },
	}
}
