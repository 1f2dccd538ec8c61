package bot

import (
	"fmt"
	"strings"
	"time"
)

// late says why the edition comes late, and that nothing is missed by it.
func (e edition) late() string {
	l := e.Late
	why := ""
	switch {
	case !l.DownFrom.IsZero():
		why = fmt.Sprintf("attache was not running from %s to %s. ", e.hour(l.DownFrom, e.Until), e.hour(l.DownTo, e.Until))
	case l.Trouble != "":
		why = "An earlier try failed: " + ended(Brief(l.Trouble)) + " "
	case l.Began.Sub(e.Due) > LateAfter:
		why = fmt.Sprintf("Its making began at %s. ", e.hour(l.Began, e.Until))
	}
	return fmt.Sprintf("Late: due %s, posted %s. %sCovers %s to %s; no time is left out, and no. %d follows at its usual hour.",
		e.hour(e.Due, l.Posted), e.hour(l.Posted, e.Until), why, e.day(e.Since), e.day(e.Until), e.Number+1)
}

// Overdue is what a place is told while an edition is not there.
type Overdue struct {
	Desk     string
	Due, Now time.Time
	Until    time.Time // it is tried until then
	Zone     *time.Location
	Trouble  string // of the last try; empty where it is still being made
}

// Message is one line.
func (o Overdue) Message() Message {
	c := clock{o.Zone}
	why := "it is being made. It follows when it is done."
	if o.Trouble != "" {
		why = fmt.Sprintf("%s It follows when a try succeeds; it is tried until %s.", ended(Brief(o.Trouble)), c.hour(o.Until, o.Now))
	}
	line := fmt.Sprintf("Late: the %s brief due %s is not here yet: %s", o.Desk, c.hour(o.Due, o.Now), why)
	return Message{Notice: line, Zone: o.Zone.String(), Blocks: []Block{{Kind: Context, Lines: []Line{counted(line)}}}}
}

// Brief is the first line of what went wrong, cut where it is long.
func Brief(trouble string) string {
	const most = 200
	line, _, _ := strings.Cut(strings.TrimSpace(trouble), "\n")
	if runes := []rune(line); len(runes) > most {
		return strings.TrimSpace(string(runes[:most])) + "…"
	}
	return line
}

// ended is a text as a sentence.
func ended(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}
