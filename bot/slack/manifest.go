package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"attache/bot"
)

// App is how attache is set up as an app of a workspace.
type App struct {
	RequestURL string   // the public address of attache; empty: Socket Mode
	Short      []string // commands that are registered beside /attache
	Prefix     string   // stands before their names
}

// ShortCommands are the commands that can be registered beside /attache.
func ShortCommands() []string {
	var names []string
	for _, c := range bot.Commands() {
		if c.Short {
			names = append(names, c.Name)
		}
	}
	return names
}

// What Slack takes: https://docs.slack.dev/reference/app-manifest
const (
	maxCommand     = 32   // with its slash
	maxDescription = 2000 // of a command
	maxUsage       = 1000
)

var commandForm = regexp.MustCompile(`^/[a-z0-9_-]+$`)

// reserved are the names of Slack's own commands; one of them, and it refuses the
// whole manifest.
func reserved() []string {
	return []string{
		"active", "apps", "archive", "away", "call", "collapse", "dm", "dnd", "expand", "feed", "feedback", "help", "invite", "invite_people",
		"join", "leave", "me", "msg", "mute", "open", "part", "prefs", "pro", "remind", "remove", "rename", "search", "shortcuts", "shrug",
		"status", "topic", "unarchive", "who",
	}
}

// CheckCommand says why a short command can't be registered; nil where it can.
func (a App) CheckCommand(name string) error {
	full := "/" + a.Prefix + name
	switch {
	case slices.Contains(reserved(), a.Prefix+name):
		return fmt.Errorf("%s is Slack's own command, and Slack would refuse the whole app; /attache %s works without", full, name)
	case !slices.Contains(ShortCommands(), name):
		return fmt.Errorf("%q can't be a short command; those that can are %s", name, strings.Join(ShortCommands(), ", "))
	case len(full) > maxCommand || !commandForm.MatchString(full):
		return fmt.Errorf("%s is no name of a command: expected at most %d small letters, digits, - and _", full, maxCommand)
	}
	return nil
}

// The manifest, with what of it attache uses. Slack refuses keys that it doesn't
// know, and empty ones: https://docs.slack.dev/reference/app-manifest
type (
	manifest struct {
		Metadata metadata `json:"_metadata"`
		Display  display  `json:"display_information"`
		Features features `json:"features"`
		OAuth    oauth    `json:"oauth_config"`
		Settings settings `json:"settings"`
	}
	metadata struct {
		Major int `json:"major_version"`
		Minor int `json:"minor_version"`
	}
	display struct {
		Name            string `json:"name"`
		Description     string `json:"description"`
		LongDescription string `json:"long_description"`
	}
	features struct {
		Home     appHome        `json:"app_home"`
		Bot      botUser        `json:"bot_user"`
		Commands []slashCommand `json:"slash_commands"`
	}
	appHome struct {
		Home             bool `json:"home_tab_enabled"`
		Messages         bool `json:"messages_tab_enabled"`
		MessagesReadOnly bool `json:"messages_tab_read_only_enabled"`
	}
	botUser struct {
		Name   string `json:"display_name"`
		Online bool   `json:"always_online"`
	}
	slashCommand struct {
		Command     string `json:"command"`
		URL         string `json:"url,omitempty"`
		Description string `json:"description"`
		Usage       string `json:"usage_hint,omitempty"`
		Escape      bool   `json:"should_escape"`
	}
	oauth struct {
		Scopes scopes `json:"scopes"`
	}
	scopes struct {
		Bot []string `json:"bot"`
	}
	settings struct {
		Events        subscriptions `json:"event_subscriptions"`
		Interactivity interactivity `json:"interactivity"`
		OrgDeploy     bool          `json:"org_deploy_enabled"`
		SocketMode    bool          `json:"socket_mode_enabled"`
		TokenRotation bool          `json:"token_rotation_enabled"`
	}
	subscriptions struct {
		URL  string   `json:"request_url,omitempty"`
		Bots []string `json:"bot_events"`
	}
	interactivity struct {
		Enabled bool   `json:"is_enabled"`
		URL     string `json:"request_url,omitempty"`
	}
)

const (
	appName         = "attache"
	description     = "News digests and answers for teams of analysts, from the sources that the team chose."
	longDescription = "attache gathers the news from the sources that the team chose, posts each desk's brief with a thread under it, and answers questions " +
		"from what it gathered. It quotes outlets with their citations, counts, and never assesses. It reads only messages that mention it, threads " +
		"that it began, and direct messages to it."
)

// Manifest is what Slack makes the app of: https://docs.slack.dev/app-manifests
func (a App) Manifest() ([]byte, error) {
	m := manifest{
		Metadata: metadata{2, 1},
		Display:  display{appName, description, longDescription},
		Features: features{Home: appHome{Messages: true}, Bot: botUser{appName, true}},
		Settings: settings{
			Events:        subscriptions{a.RequestURL, events()},
			Interactivity: interactivity{true, a.RequestURL},
			SocketMode:    a.RequestURL == "",
		},
	}
	for _, s := range Scopes() {
		m.OAuth.Scopes.Bot = append(m.OAuth.Scopes.Bot, s.Name)
	}
	commands, err := a.commands()
	if err != nil {
		return nil, err
	}
	m.Features.Commands = commands
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the manifest: %w", err)
	}
	return append(data, '\n'), nil
}

// commands are /attache, after which all commands can be said, and the short ones.
func (a App) commands() ([]slashCommand, error) {
	all := []slashCommand{{
		Command: "/" + appName, URL: a.RequestURL, Escape: true,
		Description: "Ask for news, and see or change what the desk follows.",
		Usage:       "help, latest Azerbaijan–Israel, or any question",
	}}
	var wrong []error
	for _, c := range bot.Commands() {
		if !slices.Contains(a.Short, c.Name) {
			continue
		}
		wrong = append(wrong, a.CheckCommand(c.Name))
		all = append(all, slashCommand{
			Command: "/" + a.Prefix + c.Name, URL: a.RequestURL, Escape: true,
			Description: shorten(c.Help, maxDescription), Usage: shorten(c.Usage(), maxUsage),
		})
	}
	return all, errors.Join(wrong...)
}
