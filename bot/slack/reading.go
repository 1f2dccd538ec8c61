package slack

import (
	"regexp"
	"strings"
	"sync"
)

// mentions are who a line mentions.
type mentions struct {
	attache bool
	others  bool
}

// marked is what stands in angle brackets in a text of Slack's:
// https://docs.slack.dev/messaging/formatting-message-text
var marked = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`) })

// readText is what a person wrote, as they see it, without the mentions of attache.
func readText(raw, attache string) (text string, to mentions) {
	text = marked().ReplaceAllStringFunc(raw, func(s string) string {
		m := marked().FindStringSubmatch(s)
		target, label := m[1], m[2]
		switch {
		case target == "@"+attache && attache != "":
			to.attache = true
			return " "
		case strings.HasPrefix(target, "@"):
			to.others = true
			return "@" + orElse(label, target[1:])
		case strings.HasPrefix(target, "!"):
			return readSpecial(target, label, &to)
		case strings.HasPrefix(target, "#"):
			return "#" + orElse(label, target[1:])
		}
		return orElse(label, strings.TrimPrefix(target, "mailto:"))
	})
	text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
	return strings.TrimSpace(text), to
}

// readSpecial is a group, everybody here, or a date.
func readSpecial(target, label string, to *mentions) string {
	switch {
	case strings.HasPrefix(target, "!date"):
		return label
	case strings.HasPrefix(target, "!subteam"):
		to.others = true
		return "@" + strings.TrimPrefix(orElse(label, "group"), "@")
	}
	to.others = true
	return "@" + strings.TrimPrefix(orElse(label, target[1:]), "@")
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
