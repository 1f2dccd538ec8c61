package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"attache/digest/actor"
	"attache/sources/text"
)

// ownName is the command that all others can be said after: "/attache latest".
const ownName = "attache"

// invocation is a command as it was said, in one form whatever form it was said in.
type invocation struct {
	command Command
	known   bool
	args    map[string]string // by option; what was written after the name under ""
	typed   string            // what was taken for a mistyped name
	nearest string            // the name that is spelt most like it
}

// invocationOf reads what was invoked. Where that is neither a command nor spelt
// nearly like one, known is false and typed is empty: it is a free question.
func invocationOf(actors *actor.Catalogue, r Request) invocation {
	name, rest := r.Command, r.Text
	if name == ownName || name == "" {
		name, rest = firstWord(r.Text)
	}
	folded := strings.TrimPrefix(strings.ToLower(name), "/")
	in := invocation{args: map[string]string{"": strings.TrimSpace(rest)}}
	for option, value := range r.Options {
		in.args[option] = strings.TrimSpace(value)
	}
	if in.command, in.known = command(folded); in.known || folded == "" {
		in.nameDesk()
		return in
	}
	if r.Command != ownName && r.Command != "" {
		in.typed, in.nearest = name, nearestCommand(folded)
		return in
	}
	if asksFreely(actors, folded, r.Text) {
		return in
	}
	if in.nearest = nearestCommand(folded); in.nearest != "" {
		in.typed = name
	}
	return in
}

// writtenDesk is how a line names a desk.
var writtenDesk = regexp.MustCompile(`(?i)(?:^|\s+)desk:\s*(\S.*)$`)

// nameDesk takes the desk that a line names at its end for the option. A note is
// the person's words to the last.
func (in invocation) nameDesk() {
	if in.command.Name == "digest" && in.args["desk"] == "" && !writtenDesk.MatchString(in.args[""]) {
		in.args["desk"], in.args[""] = in.args[""], ""
		return
	}
	takes := slices.ContainsFunc(in.command.Options, func(o Option) bool { return o.Name == "desk" })
	at := writtenDesk.FindStringSubmatchIndex(in.args[""])
	if !takes || at == nil || in.command.Name == "note" || in.args["desk"] != "" {
		return
	}
	in.args["desk"] = strings.TrimSpace(in.args[""][at[2]:at[3]])
	in.args[""] = in.args[""][:at[0]]
}

// asksFreely reports whether a line can't begin with a mistyped command: its first
// word is a name, or it is a question by its look.
func asksFreely(actors *actor.Catalogue, first, line string) bool {
	return strings.HasSuffix(strings.TrimSpace(line), "?") || len(actors.Known(first).Actors) > 0
}

func firstWord(s string) (word, rest string) {
	s = strings.TrimSpace(s)
	if i := strings.IndexFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }); i >= 0 {
		return s[:i], strings.TrimSpace(s[i:])
	}
	return s, ""
}

// nearestCommand is the command that is spelt most like a word; empty where none is
// near.
func nearestCommand(word string) string {
	best, limit := "", max(1, utf8.RuneCountInString(word)/4)
	if utf8.RuneCountInString(word) < 4 {
		return ""
	}
	for _, c := range Commands() {
		if slips := text.Slips(word, c.Name, limit); slips <= limit {
			best, limit = c.Name, slips-1
		}
	}
	return best
}

// line is what was said with the command, written as one would by hand: what was
// written, then the options in the table's order.
func (in invocation) line(but ...string) string {
	words := []string{in.args[""]}
	for _, o := range in.command.Options {
		value := in.args[o.Name]
		if value == "" || slices.Contains(but, o.Name) {
			continue
		}
		if o.before != "" && !strings.HasPrefix(strings.ToLower(value), o.before+" ") {
			value = o.before + " " + value
		}
		words = append(words, value)
	}
	return strings.TrimSpace(strings.Join(words, " "))
}
