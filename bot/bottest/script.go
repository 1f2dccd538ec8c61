package bottest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// step is one line of a script, with what is to be seen after it.
type step struct {
	line      int
	who       string // of an act
	verb      string // "says", "edits", "deletes", "unsays", "presses", or "" of a direction
	text      string
	sights    []sight
	unchecked bool // the script doesn't tell what is to be seen
}

// sight is one message that is to be seen.
type sight struct {
	line      int
	to        string // empty for everyone
	withdrawn bool
	has       []string // in this order
	hasNot    []string
}

var (
	saying   = regexp.MustCompile(`^(\p{Lu}\p{L}*)( edits| deletes before it comes)?: ?(.*)$`)
	pressing = regexp.MustCompile(`^(\p{Lu}\p{L}*) (presses|deletes)(?: (.+))?$`)
	times    = regexp.MustCompile(`\{(\d+) × ([^}]*)\}`)
)

// parse reads a script.
func parse(script string) ([]step, error) {
	var steps []step
	for i, l := range strings.Split(script, "\n") {
		if strings.TrimSpace(l) == "" || strings.HasPrefix(l, "#") {
			continue
		}
		if err := parseLine(&steps, i+1, l); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return steps, nil
}

func parseLine(steps *[]step, n int, l string) error {
	if len(*steps) == 0 && (l[0] == '>' || l[0] == ' ') {
		return fmt.Errorf("nothing was done before %q", l)
	}
	switch {
	case strings.HasPrefix(l, "- "):
		*steps = append(*steps, step{line: n, text: strings.TrimSpace(l[2:]), unchecked: true})
	case strings.HasPrefix(l, "> "):
		return (*steps)[len(*steps)-1].see(n, strings.TrimSpace(l[2:]))
	case strings.HasPrefix(l, "  "):
		return (*steps)[len(*steps)-1].has(strings.TrimSpace(l))
	default:
		s, err := parseAct(l)
		s.line = n
		*steps = append(*steps, s)
		return err
	}
	return nil
}

func parseAct(l string) (step, error) {
	if m := pressing.FindStringSubmatch(l); m != nil && (m[2] == "presses") == (m[3] != "") {
		return step{who: m[1], verb: m[2], text: m[3], unchecked: true}, nil
	}
	m := saying.FindStringSubmatch(l)
	if m == nil {
		return step{}, fmt.Errorf("%q is nothing that is done", l)
	}
	verb := map[string]string{"": "says", " edits": "edits", " deletes before it comes": "unsays"}[m[2]]
	return step{who: m[1], verb: verb, text: repeated(m[3]), unchecked: true}, nil
}

// repeated writes out {4000 × a}.
func repeated(s string) string {
	return times.ReplaceAllStringFunc(s, func(all string) string {
		m := times.FindStringSubmatch(all)
		n, _ := strconv.Atoi(m[1])
		return strings.Repeat(m[2], n)
	})
}

// see begins a message that is to be seen.
func (s *step) see(line int, who string) error {
	s.unchecked = false
	one := sight{line: line}
	switch name, alone := strings.CutSuffix(who, " alone"); {
	case who == "nobody":
		return nil
	case who == "withdrawn":
		one.withdrawn = true
	case alone:
		one.to = name
	case who != "everyone":
		return fmt.Errorf("%q sees nothing: expected everyone, NAME alone, nobody or withdrawn", who)
	}
	s.sights = append(s.sights, one)
	return nil
}

// has adds to what the last message has, or has not.
func (s *step) has(text string) error {
	if len(s.sights) == 0 {
		return fmt.Errorf("%q is seen by nobody", text)
	}
	last := &s.sights[len(s.sights)-1]
	if not, is := strings.CutPrefix(text, "! "); is {
		last.hasNot = append(last.hasNot, not)
		return nil
	}
	last.has = append(last.has, text)
	return nil
}
