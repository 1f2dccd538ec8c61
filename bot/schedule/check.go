package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Check says what is wrong with the five fields of a cron expression, in which
// field, and what may stand there; nil where nothing is.
func Check(expression string, zone *time.Location, off []Date, now time.Time) error {
	parts := strings.Fields(expression)
	if len(parts) != 5 {
		return fmt.Errorf("expected five fields (minute, hour, day of month, month, day of week); there are %d", len(parts))
	}
	for i, field := range [5]struct{ name, goes string }{
		{"minute", "from 0 to 59"},
		{"hour", "from 0 to 23"},
		{"day of month", "from 1 to 31"},
		{"month", "from 1 to 12"},
		{"day of week", "from 0 to 6 (Sunday is 0)"},
	} {
		all := [5]string{"*", "*", "*", "*", "*"}
		all[i] = parts[i]
		if _, err := Parse(strings.Join(all[:], " "), time.UTC, nil, now); err != nil && !errors.Is(err, ErrNever) {
			return fmt.Errorf("%q is no %s, which goes %s", parts[i], field.name, field.goes)
		}
	}
	_, err := Parse(strings.Join(parts, " "), zone, off, now)
	return err
}
