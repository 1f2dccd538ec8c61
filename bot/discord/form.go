package discord

import (
	"strings"

	"attache/bot"
)

// form is what a person fills in:
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
type form struct {
	CustomID   string `json:"custom_id"`
	Title      string `json:"title"`
	Components []row  `json:"components"`
}

// doSettle is what a form does that changes a desk, or makes one.
const doSettle = "settle"

// The styles of an input.
const (
	short     = 1
	paragraph = 2
)

func input(part, label, hint, value string, style, most int, required bool) row {
	if bot.Units(value) > most {
		value = ""
	}
	return row{rowType, []component{{
		Type: inputType, CustomID: part, Label: label, Placeholder: hint, Value: value, Style: style, MaxLength: most, Required: &required,
	}}}
}

// questionForm asks for a question. It is answered by the channel that it is shown in.
func questionForm() form {
	return form{doFollowUp, "Ask attache", []row{
		input(askOption, "Your question; only you see the answer", "and on energy? · since Friday · more on 12.4", "", paragraph, longestLine, true),
	}}
}

// settingsForm is a desk's. Discord takes five inputs, all of text.
func settingsForm(f bot.Form) form {
	title := "Set up a desk"
	var rows []row
	if f.Of != "" {
		title = "Change the desk"
	} else {
		rows = append(rows, input(bot.NamePart, "Name", "Caucasus", f.Name, short, 40, true))
	}
	rows = append(rows, input(bot.FollowPart, "Follow: pairs, actors, themes, outlets", "Azerbaijan–Israel, Armenia, energy", strings.Join(f.Follow, ", "), paragraph, maxInput, true))
	if !f.AsIs {
		rows = append(rows, input(bot.SchedulePart, "When; empty: by hand only", "07:30 Mon-Fri", f.When(), short, 60, false))
	}
	if f.Zone != "" {
		rows = append(rows, input(bot.ZonePart, "Time zone", "Asia/Baku", f.Zone, short, 60, true))
	}
	return form{encodeAction(bot.Action{Do: doSettle, On: f.Of, With: asIs(f)}, origin{}), title, rows}
}

// asIs tells that a form has no time.
func asIs(f bot.Form) string {
	if f.AsIs {
		return "as it is"
	}
	return ""
}

// form is what was filled in.
func (d *pressData) form(a bot.Action) bot.Form {
	f := bot.Form{Of: a.On, AsIs: a.With != "", Name: d.filled(bot.NamePart), Zone: d.filled(bot.ZonePart)}
	for _, name := range strings.FieldsFunc(d.filled(bot.FollowPart), func(r rune) bool { return r == ',' || r == '\n' || r == ';' }) {
		if name = strings.TrimSpace(name); name != "" {
			f.Follow = append(f.Follow, name)
		}
	}
	f.Due = d.filled(bot.SchedulePart)
	return f
}
