package bot

import (
	"fmt"
	"slices"
	"strings"
)

// help tells what can be asked, or all of one command.
func (k *keeper) help(o order, name string) done {
	name = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "/"))
	if name == "" {
		return done{Message: k.overview(o)}
	}
	c, ok := command(name)
	if ok {
		return done{Message: o.say(c.usage(), c.details()...)}
	}
	text := fmt.Sprintf("No command is called %q.", name)
	if near := nearestCommand(name); near != "" {
		text += " Nearest: " + near + "."
	}
	return o.tell(text)
}

// overview is help in short: what the person may not do is left out.
func (k *keeper) overview(o order) Message {
	var ask, brief []string
	for _, c := range Commands() {
		if c.Changes && !o.Desk.allows(o.Person) || c.Name == "help" {
			continue
		}
		to := &brief
		if slices.ContainsFunc(askingCommands(), func(a Command) bool { return a.Name == c.Name && a.Name != "digest" }) {
			to = &ask
		}
		*to = append(*to, c.said(c.Examples[0]))
	}
	private, mention := "Answers are private until you press Share here. ", "@attache "
	if o.Place.Platform == "terminal" { // nobody else is there
		private, mention = "", ""
	}
	m := o.say("",
		private+"Without a period: 7 days."+o.whichDesk(),
		"One command with all that it takes: /attache help mute. For another desk than this place's: /digest desk: NAME.",
	)
	if k.Operator != "" {
		m.Blocks[0].Lines = append(m.Blocks[0].Lines, counted("attache is looked after by "+k.Operator+"."))
	}
	m.Blocks[0].Lines = append([]Line{
		{Kind: Counted, Label: "Ask", Text: strings.Join(ask, " · ")},
		{Kind: Counted, Label: "In a thread", Text: mention + "and on energy? · since Friday · what did Levant Wire say? · why is [4] here? · more on 12.4"},
		{Kind: Counted, Label: "Briefs", Text: strings.Join(brief, " · ")},
		{Kind: Counted, Label: "Words", Text: "origin = who first published it; reprints don't count · usual = median of that weekday in 8 weeks · 12.4 = story 4 of brief 12 · [5] = an article"},
	}, m.Blocks[0].Lines...)
	return m
}

// whichDesk says which desk a place is of.
func (o order) whichDesk() string {
	if o.Desk.Name == "" {
		return ""
	}
	return fmt.Sprintf(" This desk: %s, all times %s.", o.Desk.Name, o.clock().place())
}

// said is the command as one types it.
func (c Command) said(rest string) string {
	if c.Short {
		return strings.TrimSpace("/" + c.Name + " " + rest)
	}
	return strings.TrimSpace("/attache " + c.Name + " " + rest)
}

// usage is the command with its options.
func (c Command) usage() string { return strings.TrimSpace(c.said("") + " " + c.Usage()) }

// Usage tells the command's options in a line, for what stands behind its name.
func (c Command) Usage() string {
	var words []string
	for _, o := range c.Options {
		word := strings.TrimSpace(o.before + " " + strings.ToUpper(o.Name))
		if !o.Required {
			word = "[" + word + "]"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// details tell a command's options and examples.
func (c Command) details() []string {
	lines := []string{c.Help}
	if c.Changes {
		lines = append(lines, "It changes the desk for all, and is for those who may.")
	}
	for _, o := range c.Options {
		text := strings.ToUpper(o.Name) + ": " + o.Help
		if len(o.Choices) > 0 {
			text += " (" + strings.Join(o.Choices, ", ") + ")"
		}
		lines = append(lines, text+".")
	}
	for _, e := range c.Examples {
		lines = append(lines, c.said(e))
	}
	return lines
}
