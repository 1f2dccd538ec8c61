package bot

import "slices"

// Command is something that attache can be told to do: the adapters register it,
// help and completion derive from it.
type Command struct {
	Name     string
	Help     string // one line
	Short    bool   // it is short enough to be registered by itself, beside /attache
	Asks     bool   // it asks the archive: the answer may be for everyone
	Changes  bool   // it changes the desk for all, so that not everybody may
	Options  []Option
	Examples []string // what follows the name
}

// Option is what may be said with a command.
type Option struct {
	Name     string
	Kinds    []OptionKind // what it may be
	Required bool
	Help     string
	Choices  []string // of kind ChoiceOption

	before string // the word that stands before it in a line
}

// OptionKind is what an option is.
type OptionKind string

// The kinds of option.
const (
	PairOption     OptionKind = "pair"
	ActorOption    OptionKind = "actor"
	ThemeOption    OptionKind = "theme"
	OutletOption   OptionKind = "outlet"
	PeriodOption   OptionKind = "period"
	StoryOption    OptionKind = "story"
	DeskOption     OptionKind = "desk"
	CommandOption  OptionKind = "command"
	TextOption     OptionKind = "text"
	ChoiceOption   OptionKind = "choice"
	DurationOption OptionKind = "duration"
)

// Commands are all commands, in the order of help.
func Commands() []Command {
	asking := askingCommands()
	for i := range asking {
		_, asking[i].Asks = modes(asking[i].Name)
	}
	return slices.Concat(asking, deskCommands(), []Command{{
		Name: "help", Help: "What can be asked, and how; of one command all that it takes.",
		Options:  []Option{{Name: "command", Kinds: []OptionKind{CommandOption}, Help: "the command to tell about"}},
		Examples: []string{"", "mute"},
	}})
}

func askingCommands() []Command {
	subject := []OptionKind{PairOption, ActorOption, ThemeOption, OutletOption}
	period := Option{Name: "period", Kinds: []OptionKind{PeriodOption}, Help: "since Monday, 30 days, 1 to 15 November; 7 days when left out"}
	matter := Option{Name: "about", Kinds: append([]OptionKind{StoryOption}, subject...), Help: "a story by its number, or whom and what to tell about"}
	required := matter
	required.Required = true
	return []Command{
		{
			Name: "latest", Short: true, Help: "What was published last, the stories with most origins before others.",
			Options: []Option{
				{Name: "about", Kinds: subject, Required: true, Help: "a pair, an actor, a theme or an outlet"},
				{Name: "theme", Kinds: []OptionKind{ThemeOption}, Help: "only on this theme", before: "on"},
				{Name: "outlet", Kinds: []OptionKind{OutletOption}, Help: "only by this outlet", before: "by"},
				period,
			},
			Examples: []string{"Azerbaijan–Israel", "arms trade since Monday"},
		},
		{
			Name: "digest", Short: true, Help: "The brief as it would be now, only for you.",
			Options:  []Option{{Name: "desk", Kinds: []OptionKind{DeskOption}, Help: "the desk, where this place has not one"}},
			Examples: []string{""},
		},
		{
			Name: "timeline", Short: true, Help: "How it came about: one step for each day with a new origin or figure.",
			Options:  []Option{required, period},
			Examples: []string{"12.1", "Armenia–Iran since September"},
		},
		{
			Name: "who-said", Short: true, Help: "The sentences that are somebody's, by speaker.",
			Options: []Option{
				{Name: "about", Kinds: []OptionKind{StoryOption, ActorOption, PairOption, ThemeOption}, Required: true, Help: "who speaks, or a story by its number"},
				{Name: "on", Kinds: []OptionKind{ActorOption, PairOption, ThemeOption}, Help: "what they speak of", before: "on"},
				period,
			},
			Examples: []string{"Aliyev on Iran", "12.1"},
		},
		{
			Name: "compare", Short: true, Help: "Two pairs or actors side by side.",
			Options: []Option{
				{Name: "about", Kinds: []OptionKind{PairOption, ActorOption}, Required: true, Help: "the first"},
				{Name: "with", Kinds: []OptionKind{PairOption, ActorOption}, Required: true, Help: "the second", before: "with"},
				period,
			},
			Examples: []string{"Azerbaijan–Israel with Azerbaijan–Turkey"},
		},
		{
			Name: "why", Help: "The words behind a story, or behind what an article is taken to be about.",
			Options:  []Option{{Name: "about", Kinds: []OptionKind{StoryOption, TextOption}, Required: true, Help: "a story or an article by its number"}},
			Examples: []string{"12.1", "[4]"},
		},
		{
			Name: "more", Help: "More of the last answer, or all that a story has.",
			Options:  []Option{{Name: "about", Kinds: []OptionKind{StoryOption}, Help: "a story by its number", before: "on"}},
			Examples: []string{"", "on 12.4"},
		},
	}
}

// command is the command with a name; false where there is none.
func command(name string) (Command, bool) {
	for _, c := range Commands() {
		if c.Name == name {
			return c, true
		}
	}
	return Command{}, false
}
