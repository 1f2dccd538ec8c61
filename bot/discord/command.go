package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"attache/bot"
)

// command is one that is registered:
// https://discord.com/developers/docs/interactions/application-commands
type command struct {
	Name         string   `json:"name"`
	Description  string   `json:"description"`
	Type         int      `json:"type"`
	Options      []option `json:"options,omitempty"`
	Integrations []int    `json:"integration_types"`
	Contexts     []int    `json:"contexts"`
}

type option struct {
	Type         int      `json:"type"`
	Name         string   `json:"name"`
	Description  string   `json:"description"`
	Required     bool     `json:"required,omitempty"`
	Autocomplete bool     `json:"autocomplete,omitempty"`
	Choices      []choice `json:"choices,omitempty"`
	Options      []option `json:"options,omitempty"`
	MaxLength    int      `json:"max_length,omitempty"`
}

type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// The types of command and option.
const (
	slashCommand  = 1
	subcommand    = 1
	textOption    = 3
	booleanOption = 5
)

// appName is the command under which all stands that has none of its own.
const appName = "attache"

// What the adapter adds to the commands of the bot.
const (
	askName     = "ask"  // a subcommand: whatever one says to attache
	askOption   = "line" // its option
	shareOption = "share"
)

// longestLine is how many signs of a question or a command Discord takes.
const longestLine = 2000

// isOwn reports whether a command is registered by its own name.
func isOwn(c bot.Command) bool { return c.Short || c.Name == "mute" }

// commands are those of attache as Discord registers them: by their own names, or
// under /attache.
func commands() []command {
	under := command{Name: appName, Description: "Ask attache, and more that it does.", Type: slashCommand}
	under.Options = append(under.Options, option{
		Type: subcommand, Name: askName, Description: "Ask in your own words, or type any command.",
		Options: []option{
			{Type: textOption, Name: askOption, Description: "and on energy? · since Friday · unmute 12.4", Required: true, MaxLength: longestLine},
			shared(),
		},
	})
	var all []command
	for _, c := range bot.Commands() {
		if isOwn(c) {
			all = append(all, command{Name: c.Name, Description: described(c.Help), Type: slashCommand, Options: optionsOf(c)})
			continue
		}
		under.Options = append(under.Options, option{Type: subcommand, Name: c.Name, Description: described(c.Help), Options: optionsOf(c)})
	}
	all = append(all, under)
	for i := range all {
		all[i].Integrations, all[i].Contexts = []int{0}, []int{0, 1} // servers; there, and in direct messages to attache
	}
	return all
}

func described(help string) string { return plain(help, maxHelp) }

// optionsOf are a command's options, those first that it can't do without.
func optionsOf(c bot.Command) []option {
	var all []option
	for _, o := range c.Options {
		one := option{Type: textOption, Name: o.Name, Description: described(o.Help), Required: o.Required}
		switch {
		case len(o.Choices) > 0 && slices.Equal(o.Kinds, []bot.OptionKind{bot.ChoiceOption}):
			for _, v := range o.Choices {
				one.Choices = append(one.Choices, choice{v, v})
			}
		case !slices.Equal(o.Kinds, []bot.OptionKind{bot.TextOption}):
			one.Autocomplete = true
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b option) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	if c.Asks {
		all = append(all, shared())
	}
	return all
}

// shared is the option by which all in the channel read the answer at once.
func shared() option {
	return option{Type: booleanOption, Name: shareOption, Description: "Everyone here reads the answer, not only you."}
}

// Register has Discord know the commands, where it doesn't, and says how many it was
// told; none where it knew them. One call replaces all.
func (a *Adapter) Register(ctx context.Context) (told int, err error) {
	of, err := a.application(ctx)
	if err != nil {
		return 0, registering(err)
	}
	known, err := a.isRegistered(ctx, of)
	if err != nil {
		return 0, registering(err)
	}
	if known {
		return 0, nil
	}
	want := commands()
	if err := a.call(ctx, "PUT", of.commands(), want, nil); err != nil {
		return 0, registering(err)
	}
	return len(want), nil
}

// isRegistered reports whether Discord knows the commands as they are here.
func (a *Adapter) isRegistered(ctx context.Context, of application) (bool, error) {
	var have []json.RawMessage
	err := a.call(ctx, "GET", of.commands(), nil, &have)
	return err == nil && sameCommands(have, commands()), err
}

func (of application) commands() string { return "/applications/" + of.ID + "/commands" }

func registering(err error) error { return fmt.Errorf("registering the commands: %w", told(err)) }

// sameCommands compares what Discord has, which writes more fields and another order,
// with what is wanted.
func sameCommands(have []json.RawMessage, want []command) bool {
	if len(have) != len(want) {
		return false
	}
	by := map[string][]byte{}
	for _, data := range have {
		var c command
		if json.Unmarshal(data, &c) != nil {
			return false
		}
		by[c.Name] = normal(c)
	}
	return !slices.ContainsFunc(want, func(c command) bool { return !bytes.Equal(by[c.Name], normal(c)) })
}

// normal is a command as it is compared.
func normal(c command) []byte {
	slices.Sort(c.Integrations)
	slices.Sort(c.Contexts)
	data, err := json.Marshal(c)
	if err != nil { // of texts and numbers
		return nil
	}
	return data
}

// chosen are a command, or its subcommand, and the options of that.
func (d *commandData) chosen() (name string, options []given) {
	if d.Name == appName && len(d.Options) == 1 && d.Options[0].Type == subcommand {
		return d.Options[0].Name, d.Options[0].Options
	}
	return d.Name, d.Options
}

// invoked are a command's name as the bot has it, and its options, as they were typed.
func (d *commandData) invoked() (name, line string, options map[string]string, share bool) {
	name, given := d.chosen()
	options = map[string]string{}
	for _, o := range given {
		var text string
		switch {
		case o.Name == shareOption && o.Type == booleanOption:
			share = string(o.Value) == "true"
			continue
		case json.Unmarshal(o.Value, &text) != nil:
			continue
		case name == askName && o.Name == askOption:
			line = text
			continue
		}
		if strings.TrimSpace(text) != "" {
			options[o.Name] = text
		}
	}
	if name == askName {
		name = appName
	}
	return name, line, options, share
}

// typing is the option that is being typed.
func (d *commandData) typing() (name, option, typed string) {
	name, given := d.chosen()
	for _, o := range given {
		if o.Focused {
			_ = json.Unmarshal(o.Value, &typed) // a number is no text, and nothing is offered for it
			return name, o.Name, typed
		}
	}
	return name, "", ""
}
