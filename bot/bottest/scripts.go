package bottest

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

//go:embed scripts/*.txt
var scripts embed.FS

// Scripts plays the conversations that every platform for people passes, each on a
// stage of its own. Those that are named, or all where none is.
//
// A script is a file of lines, each for one thing that happens:
//
//	# what the script is about
//	- an edition of Caucasus
//	- under the edition
//	Leyla: @attache what is new on Azerbaijan–Israel?
//	> everyone
//	  Azerbaijan–Israel
//	  for Leyla
//	  ! for Rustam
//	Rustam: I doubt the figure
//	> nobody
//	Leyla presses Timeline
//	> Leyla alone
//	  Timeline
//
// After ">" stands who sees a message, then what it says: those texts, in that
// order, whatever stands between them; after "!" what it does not say. A message
// that isn't told of is a mistake, unless nothing is told of what is seen. "NAME:
// /command text" invokes a command; "NAME presses LABEL on 1.2" takes an entry of a
// story's menu; "NAME edits: TEXT" and "NAME deletes" are about the last line of
// that person; "NAME deletes before it comes: TEXT" is a line whose deletion comes
// first. {400 × words } stands for the words 400 times. After "-" stands what else
// happens:
//
//	in #energy, in direct messages, in a new thread, outside of threads
//	under the edition, under that: in a thread under what everyone saw last
//	an edition of DESK, the next morning, 8 days later
//	attache is restarted, another replica takes over
//	the archive answers nothing, the archive answers again
//	the same comes again, the next comes twice at the same moment
//	the log has that code
func Scripts(t *testing.T, open func(t *testing.T) Stage, names ...string) {
	files, err := scripts.ReadDir("scripts")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".txt")
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			text, err := scripts.ReadFile(path.Join("scripts", f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			steps, err := parse(string(text))
			if err != nil {
				t.Fatal(err)
			}
			p := &play{Stage: open(t), channel: "#caucasus", lines: map[string]Act{}}
			for _, s := range steps {
				if !p.step(t, s) {
					t.Fatalf("%s.txt:%d: %s %s", name, s.line, s.who, s.text)
				}
			}
		})
	}
}

// play is a script that is being played.
type play struct {
	Stage
	channel string         // where people are; empty: each alone with attache
	thread  string         // the id of what stands over it
	opens   bool           // what is said next opens a thread
	twice   bool           // the next act is heard of twice
	lines   map[string]Act // the last that each person said, by its id
	edition string         // the id of the last edition's root
	under   string         // the id of what the last act's answers stand under
	seen    []Seen         // all
}

// step does what a line says, and looks at what is seen then.
func (p *play) step(t *testing.T, s step) bool {
	t.Helper()
	p.Behind.Later(t, time.Second)
	if s.verb == "" {
		if err := p.direct(t, s.text); err != nil {
			t.Error(err)
			return false
		}
	} else if !p.act(t, s) {
		return false
	}
	seen := p.Platform.Seen(t)
	p.seen = append(p.seen, seen...)
	if root := first(seen, func(m Seen) bool { return m.To == "" && strings.HasPrefix(s.text, "an edition") }); root != nil {
		p.edition = root.ID
	}
	if s.unchecked {
		return true
	}
	return p.inPlace(t, s, seen) && s.check(t, seen)
}

// inPlace reports whether what everyone sees stands where something was done: in
// that thread, or under the line that was said outside of threads.
func (p *play) inPlace(t *testing.T, s step, seen []Seen) bool {
	t.Helper()
	for _, m := range seen {
		if m.To == "" && !m.Withdrawn && s.verb != "" && m.Thread != p.under {
			t.Errorf("it stands under %q, and something was done under %q:\n%s", m.Thread, p.under, m.Text)
			return false
		}
	}
	return true
}

// act has a person do something.
func (p *play) act(t *testing.T, s step) bool {
	t.Helper()
	a := Act{Kind: ActKind(s.verb), Who: s.who, Channel: p.channel, Thread: p.thread, Text: s.text, Twice: p.twice}
	p.twice = false
	switch a.Kind {
	case Says:
		if strings.HasPrefix(s.text, "/") {
			a.Kind = Invokes
		}
	case Edits, Deletes:
		said := p.lines[s.who]
		a.Channel, a.Thread, a.Message = said.Channel, said.Thread, said.Message
	case Presses:
		var on bool
		if a.Label, a.Item, on = strings.Cut(s.text, " on "); !on || !strings.Contains(a.Item, ".") {
			a.Label, a.Item = s.text, ""
		}
		if a.Message = p.pressable(a); a.Message == "" {
			t.Errorf("%s sees no button %q; seen last:\n%s", s.who, s.text, p.last(s.who))
			return false
		}
	}
	p.under = a.Thread
	id := p.Platform.Do(t, a)
	if a.Kind == Says && a.Thread == "" {
		p.under = id
	}
	if a.Kind == Says || a.Kind == Unsays {
		a.Message = id
		p.lines[s.who] = a
		if p.opens {
			p.thread, p.opens = id, false
		}
	}
	return true
}

// pressable is the last message that a person sees with a button, or the last
// edition where it is in the menu of a story.
func (p *play) pressable(a Act) string {
	if a.Item != "" {
		return p.edition
	}
	last := ""
	for _, m := range p.seen {
		switch {
		case m.Withdrawn && m.ID == last:
			last = ""
		case !m.Withdrawn && (m.To == "" || m.To == a.Who) && slices.Contains(m.Buttons, a.Label):
			last = m.ID
		}
	}
	return last
}

func (p *play) last(who string) string {
	for _, m := range slices.Backward(p.seen) {
		if m.To == "" || m.To == who {
			return m.Text
		}
	}
	return ""
}

var (
	later = regexp.MustCompile(`^(\d+) (minute|hour|day)s? later$`)
	code  = regexp.MustCompile(`\b[0-9A-F]{4}, `)
)

// direct does what a direction says.
func (p *play) direct(t *testing.T, text string) error {
	t.Helper()
	if desk, is := strings.CutPrefix(text, "an edition of "); is {
		p.Behind.Edition(t, desk)
		return nil
	}
	if m := later.FindStringSubmatch(text); m != nil {
		n := 0
		_, _ = fmt.Sscan(m[1], &n) // they are digits
		p.Behind.Later(t, time.Duration(n)*map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}[m[2]])
		return nil
	}
	if strings.HasPrefix(text, "in #") {
		p.channel, p.thread = text[3:], ""
		return nil
	}
	switch text {
	case "in direct messages":
		p.channel, p.thread = "", ""
	case "in a new thread": // under what is said next
		p.thread, p.opens = "", true
	case "outside of threads":
		p.thread = ""
	case "under the edition":
		p.thread = p.edition
	case "under that": // the last message that everyone saw
		p.thread = ""
		for _, m := range p.seen {
			if m.To == "" && !m.Withdrawn {
				p.thread = m.ID
			}
		}
	case "the next morning":
		p.Behind.NextDay(t)
	case "attache is restarted":
		p.Behind.Restart(t)
	case "another replica takes over":
		p.Behind.TakeOver(t)
	case "the archive answers nothing":
		p.Behind.Break(t, true)
	case "the archive answers again":
		p.Behind.Break(t, false)
	case "the same comes again":
		p.Platform.Do(t, Act{Kind: Repeats})
	case "the next comes twice at the same moment":
		p.twice = true
	case "the log has that code":
		shown := code.FindString(p.seen[len(p.seen)-1].Text)
		if shown == "" || !p.Behind.Logged(t, shown[:4]) {
			return fmt.Errorf("the log has no code %q", shown)
		}
	default:
		return fmt.Errorf("%q is no direction", text)
	}
	return nil
}

// check compares what was seen with what is to be seen.
func (s *step) check(t *testing.T, seen []Seen) bool {
	t.Helper()
	left, ok := slices.Clone(seen), true
	for _, want := range s.sights {
		i := slices.IndexFunc(left, func(m Seen) bool { return m.To == want.to && m.Withdrawn == want.withdrawn })
		if i < 0 {
			t.Errorf("line %d: there is no such message", want.line)
			ok = false
			continue
		}
		ok = want.check(t, left[i]) && ok
		left = slices.Delete(left, i, i+1)
	}
	for _, m := range left {
		t.Errorf("line %d: a message that isn't told of, to %q, withdrawn: %t:\n%s", s.line, m.To, m.Withdrawn, m.Text)
	}
	return ok && len(left) == 0
}

func (w *sight) check(t *testing.T, m Seen) bool {
	t.Helper()
	all := plain(m.Text)
	at := 0
	for _, want := range w.has {
		i := strings.Index(all[at:], plain(want))
		if i < 0 {
			t.Errorf("line %d: %q is not said, or not after what stands before it:\n%s", w.line, want, m.Text)
			return false
		}
		at += i + len(plain(want))
	}
	for _, not := range w.hasNot {
		if strings.Contains(all, plain(not)) {
			t.Errorf("line %d: %q is said:\n%s", w.line, not, m.Text)
			return false
		}
	}
	return true
}

// plain is a text as scripts compare it: platforms break lines where they like.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

func first(all []Seen, is func(Seen) bool) *Seen {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return &all[i]
	}
	return nil
}
