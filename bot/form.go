package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Form is what a desk is set up by, where the platform has forms. As it is offered,
// the parts are what is usual.
type Form struct {
	Of     string // the desk whose settings it has; empty for a new one
	Name   string // of a new one
	Follow []string
	Time   string   // "07:30"; empty: only by hand
	Days   []string // "Mon"; none: every day
	Due    string   // as one types it, "07:30 Mon-Fri", where there are no inputs for time and days
	AsIs   bool     // when it is due can't be told so, and stays
	Zone   string   // empty where it is not to be changed

	MayChange []string // of a new one: ids of people and groups, beside who sets it up
}

// The parts of a form that something may be wrong with.
const (
	NamePart     = "name"
	FollowPart   = "follow"
	SchedulePart = "schedule"
	ZonePart     = "zone"
	PostPart     = "post"
	PeoplePart   = "may-change"
)

// Wrong is what is wrong with a part of a form, and what was expected.
type Wrong struct{ Part, Text string }

// line is what is wrong as it is told where there is no form.
func (w Wrong) line() string {
	if w.Part == "" {
		return w.Text
	}
	return strings.ToUpper(w.Part[:1]) + w.Part[1:] + ": " + w.Text
}

// offered is the form that a person is shown.
func offered(p Person) Form {
	return Form{MayChange: []string{p.ID}, Time: "07:30", Days: weekdays()[1:6], Zone: clock{zoneOf(Desk{}.Desk, p)}.zone.String()}
}

// form is the form that a desk was set up by, to be changed.
func (d *Desk) form() Form {
	f, due := Form{Name: d.Name, Zone: d.Zone.String()}, d.Schedule
	if d.draft != nil {
		f.MayChange, due = d.draft.MayChange, d.draft.Schedule
	}
	for _, s := range d.Follow {
		f.Follow = append(f.Follow, s.Name)
	}
	m := simpleCron.FindStringSubmatch(due)
	if m == nil { // only by hand, or as no form has it
		f.AsIs = due != ""
		return f
	}
	f.Time = fmt.Sprintf("%02s:%02s", m[2], m[1])
	days, isDay := weekdays(), strings.Split(m[3], ",")
	for i := range 7 {
		day := (i + 1) % 7
		if m[3] != "*" && slices.ContainsFunc(isDay, func(part string) bool { return coversDay(part, day) }) {
			f.Days = append(f.Days, days[day])
		}
	}
	return f
}

// coversDay reports whether "1" or "1-5" has a day.
func coversDay(part string, day int) bool {
	from, to, isSpan := strings.Cut(part, "-")
	if !isSpan {
		to = from
	}
	n := strconv.Itoa(day)
	return from <= n && n <= to // each is one digit
}

// Line is the form as one writes it after /attache desk.
func (f Form) Line() string {
	plain := strings.NewReplacer(";", " ", "\n", " ").Replace
	line := "new " + plain(f.Name) + " "
	if f.Of != "" {
		line = "settings "
	}
	line += "follow " + plain(strings.Join(f.Follow, ", "))
	switch {
	case f.When() != "":
		line += "; schedule " + plain(f.When())
	case f.Of != "" && !f.AsIs:
		line += "; schedule " + byHand
	}
	if f.Zone != "" {
		line += "; zone " + plain(f.Zone)
	}
	if f.Of != "" {
		return line + " desk: " + f.Of
	}
	if len(f.MayChange) > 0 {
		line += "; may-change " + plain(strings.Join(f.MayChange, ", "))
	}
	return line
}

// When is when a desk is due as one types it; empty: only by hand.
func (f Form) When() string {
	if f.Due != "" || f.Time == "" {
		return f.Due
	}
	return strings.TrimSpace(f.Time + " " + daysLine(f.Days))
}

// daysLine are days as a schedule is written: three or more in a row by the first and
// the last, all seven by none.
func daysLine(chosen []string) string {
	week := append(weekdays()[1:7:7], weekdays()[0]) // from Monday
	var parts []string
	for i := 0; i < len(week); {
		j := i
		for j < len(week) && slices.Contains(chosen, week[j]) {
			j++
		}
		switch {
		case j-i == len(week):
			return ""
		case j-i > 2:
			parts = append(parts, week[i]+"-"+week[j-1])
		default:
			parts = append(parts, week[i:j]...)
		}
		i = j + 1
	}
	return strings.Join(parts, ",")
}

// CheckForm says what is wrong with a form that a person filled in for a place. It
// changes nothing.
func (h *Handler) CheckForm(ctx context.Context, p Place, who Person, f Form) ([]Wrong, error) {
	if f.Of != "" {
		return h.checkSettings(ctx, p, who, f)
	}
	if !h.Desks.maySetUp(who) {
		return []Wrong{{NamePart, "You may not set up a desk."}}, nil
	}
	_, line, _ := strings.Cut(f.Line(), " ")
	_, wrong, err := h.keeper().readDesk(ctx, order{Person: who, Place: p, Now: h.now()}, line)
	if err != nil {
		return nil, fmt.Errorf("checking a form: %w", err)
	}
	return wrong, nil
}

// checkSettings says what is wrong with what a form has for a desk that is there.
func (h *Handler) checkSettings(ctx context.Context, p Place, who Person, f Form) ([]Wrong, error) {
	d, found, err := h.Desks.Named(ctx, f.Of)
	if err != nil {
		return nil, fmt.Errorf("checking a form: %w", err)
	}
	if !found || !d.allows(who) {
		return []Wrong{{FollowPart, "You may not change this desk."}}, nil
	}
	line, _ := strings.CutPrefix(f.Line(), "settings ")
	line, _ = strings.CutSuffix(line, " desk: "+f.Of)
	_, wrong, err := h.keeper().readSettings(ctx, order{Person: who, Place: p, Desk: d, Now: h.now()}, line)
	if err != nil {
		return nil, fmt.Errorf("checking a form: %w", err)
	}
	return wrong, nil
}
