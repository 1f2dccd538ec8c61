package config

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Place is where a desk's editions are posted.
type Place struct {
	Platform  string // one of Platforms
	Workspace string // a configured name; empty where there is one
	Channel   string // "#caucasus", as the platform understands it
	Pos       Pos
}

// String gives the place as it is written.
func (p Place) String() string {
	if p.Workspace != "" {
		return p.Platform + "/" + p.Workspace + ":" + p.Channel
	}
	return p.Platform + ":" + p.Channel
}

// Platforms are those that a place may be on.
func Platforms() []string { return []string{"slack", "discord", "webhook", "file"} }

func placesKind() kind[[]Place] {
	const name = "a list of places"
	pattern := "^(" + strings.Join(Platforms(), "|") + ")(/[^:/]+)?:."
	return kind[[]Place]{
		name, listSchema(schema{"type": "string", "pattern": orVariable(pattern)}),
		func(r *reader, n node) []Place { return r.places(n, name) },
		func(all []Place) any {
			var values []any
			for _, p := range all {
				values = append(values, escape(p.String()))
			}
			return shown(values)
		},
	}
}

// places reads "slack:#caucasus" and "slack/NAME:#caucasus".
func (r *reader) places(n node, want string) []Place {
	var all []Place
	for _, name := range r.names(n, want) {
		platform, channel, ok := strings.Cut(name.Value, ":")
		platform, workspace, isNamed := strings.Cut(platform, "/")
		channel = strings.TrimSpace(channel)
		if !ok || platform == "" || channel == "" || isNamed && workspace == "" {
			r.wrong(name.Pos, `expected a platform and a channel, as in "slack:#caucasus" or "slack/NAME:#caucasus"`)
			continue
		}
		if platform == "file" {
			channel = filepath.Clean(channel) // two ways to write a folder are one place
		}
		all = append(all, Place{platform, workspace, channel, name.Pos})
	}
	return all
}

// checkPlaces finds places that nothing can be posted to, and places that a desk
// names twice.
func (r *reader) checkPlaces(c *Config) {
	for _, d := range c.Desks {
		seen := make(map[string]bool)
		for _, p := range d.Post {
			if seen[p.String()] {
				r.wrong(p.Pos, "named twice")
				continue
			}
			seen[p.String()] = true
			if why := c.unreachable(p); why != "" && !r.isWrong(p.Platform) {
				r.wrong(p.Pos, why)
			}
		}
	}
}

// unreachable says why nothing can be posted to a place; empty where it can.
func (c *Config) unreachable(p Place) string {
	if p.Platform != "slack" && p.Workspace != "" && slices.Contains(Platforms(), p.Platform) {
		return p.Platform + ` has no workspaces; expected "` + p.Platform + `:` + p.Channel + `"`
	}
	switch p.Platform {
	case "slack":
		return c.Slack.unreachable(p)
	case "discord":
		if c.Discord.Token.Value() == "" {
			return "discord is not configured: give discord.token"
		}
		if strings.Trim(p.Channel, "0123456789") != "" {
			return "expected the number of a channel of Discord (Copy Channel ID), as in discord:1234567890"
		}
	case "webhook":
		return c.noReceiver(p.Channel)
	case "file":
	default:
		if near := Nearest(p.Platform, Platforms()); near != "" {
			return "no platform is called " + quote(p.Platform) + "; did you mean " + quote(near) + "?"
		}
		return "no platform is called " + quote(p.Platform) + "; there are " + strings.Join(Platforms(), ", ")
	}
	return ""
}

// noReceiver says that there is no webhook of that name; empty where there is.
func (c *Config) noReceiver(name string) string {
	names := make([]string, len(c.Webhooks))
	for i, w := range c.Webhooks {
		names[i] = w.Name
	}
	switch near := Nearest(name, names); {
	case slices.Contains(names, name):
		return ""
	case len(names) == 0:
		return "no webhook is configured: give webhooks.NAME.url and secret"
	case near != "":
		return "no webhook is called " + quote(name) + "; did you mean " + quote(near) + "?"
	}
	return "no webhook is called " + quote(name) + "; there are " + strings.Join(names, ", ")
}

// slackChannel is a channel's name, or the ID that Slack gave it.
var slackChannel = regexp.MustCompile(`^(#[^\s#]+|[CGD][A-Z0-9]{6,})$`)

// unreachable is that of a place on Slack.
func (s *Slack) unreachable(p Place) string {
	names := make([]string, len(s.Workspaces))
	for i, w := range s.Workspaces {
		names[i] = w.Name
	}
	switch near := Nearest(p.Workspace, names); {
	case !slackChannel.MatchString(p.Channel):
		return "expected a channel of Slack by its name with # or by its ID, as in slack:#" + strings.TrimLeft(p.Channel, "@#")
	case len(names) == 0 && s.BotToken.Value() == "":
		return "slack is not configured: give slack.bot-token"
	case p.Workspace == "" && len(names) > 1:
		return "expected a workspace, as in slack/" + names[0] + ":" + p.Channel + "; there are " + strings.Join(names, ", ")
	case p.Workspace == "" || slices.Contains(names, p.Workspace):
		return ""
	case len(names) == 0:
		return `one workspace of Slack is configured, without a name; expected "slack:` + p.Channel + `"`
	case near != "":
		return "no workspace is called " + quote(p.Workspace) + "; did you mean " + quote(near) + "?"
	}
	return "no workspace is called " + quote(p.Workspace) + "; there are " + strings.Join(names, ", ")
}
