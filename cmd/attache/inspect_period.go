package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"attache/digest/ask"
)

type inspectPeriod struct{ inspectInput }

// Help is printed under the call's flags.
func (inspectPeriod) Help() string {
	return `In: {id,text,now,tz}

Out: {id,start,end}, both null where the text names none

--why adds the words that name it.

Example:
  echo '{"id":1,"text":"since Monday","now":"2026-11-24T07:30:00Z","tz":"Asia/Baku"}' | attache inspect period`
}

// Run tells the period that each text names.
func (c inspectPeriod) Run(ctx context.Context, s *streams) error {
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			ID   json.RawMessage `json:"id"`
			Text string          `json:"text"`
			clock
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		now, err := in.time()
		if err != nil {
			return nil, err
		}
		out := struct {
			ID    json.RawMessage `json:"id"`
			Start *time.Time      `json:"start"`
			End   *time.Time      `json:"end"`
			Why   string          `json:"why,omitempty"`
		}{ID: in.ID}
		period, words, named := ask.ParsePeriod(in.Text, now)
		if named {
			out.Start, out.End = instant(period.Start), instant(period.End)
			if c.Why {
				out.Why = in.Text[words.Start:words.End]
			}
		}
		return []any{out}, nil
	})
}

// clock is the time at which something is asked, and the zone of who asks.
type clock struct {
	Now string `json:"now"`
	TZ  string `json:"tz"`
}

// time is now in the zone; now is the present where none is given, the zone UTC.
func (c clock) time() (time.Time, error) {
	zone, err := time.LoadLocation(c.TZ)
	if err != nil {
		return time.Time{}, fmt.Errorf("tz: no zone is named %q", c.TZ)
	}
	if c.Now == "" {
		return time.Now().In(zone), nil
	}
	now, err := time.Parse(time.RFC3339, c.Now)
	if err != nil {
		return time.Time{}, fmt.Errorf("now: expected a time such as 2026-11-24T07:30:00Z, not %q", c.Now)
	}
	return now.In(zone), nil
}

// instant is nil where t is the zero time: there is no limit on that side.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
