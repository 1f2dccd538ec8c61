package bot

// deskCommands are those that are about a desk: what it follows, leaves out and
// reads.
func deskCommands() []Command {
	subject := []OptionKind{PairOption, ActorOption, ThemeOption, OutletOption}
	desk := Option{Name: "desk", Kinds: []OptionKind{DeskOption}, Help: "the desk, where this place has not one", before: "desk:"}
	muted := Option{Name: "what", Kinds: append([]OptionKind{StoryOption}, subject...), Help: "a story by its number, a pair, an actor, a theme or an outlet"}
	whose := Option{Name: "whose", Kinds: []OptionKind{ChoiceOption}, Choices: []string{"for me", "for the desk"}, Help: "whom it is for; you alone when left out"}
	lifted := muted
	lifted.Required = true
	return []Command{
		{
			Name: "follow", Short: true, Changes: true, Help: "Have the desk follow something from its next edition on.",
			Options:  []Option{{Name: "name", Kinds: subject, Required: true, Help: "one or several, with commas between"}, desk},
			Examples: []string{"Armenia–Iran", "Georgia, gas"},
		},
		{
			Name: "unfollow", Changes: true, Help: "Have the desk follow something no longer.",
			Options:  []Option{{Name: "name", Kinds: subject, Required: true, Help: "one or several, with commas between"}, desk},
			Examples: []string{"Armenia–Iran"},
		},
		{
			Name: "mute", Help: "Leave something out for a time; without a name, list what is left out.",
			Options: []Option{muted, whose, {
				Name: "until", Kinds: []OptionKind{DurationOption}, Choices: muteSpans(),
				Help: "how long: days, until a day, or, of a story, until something new; 7 days when left out",
			}, desk},
			Examples: []string{"12.4", "protest for the desk 30 days", "12.4 until something new"},
		},
		{
			Name: "unmute", Help: "Have something back that was muted.",
			Options:  []Option{lifted, whose, desk},
			Examples: []string{"12.4", "protest for the desk"},
		},
		{
			Name: "note", Help: "Write a signed note on a story, for all who read this desk's brief.",
			Options: []Option{
				{Name: "story", Kinds: []OptionKind{StoryOption}, Required: true, Help: "its number"},
				{Name: "text", Kinds: []OptionKind{TextOption}, Required: true, Help: "what there is to say, at most 1,000 characters; - takes your last note on the story back"},
				desk,
			},
			Examples: []string{"12.1 We judge delivery before March unlikely.", "12.1 -"},
		},
		{
			Name: "desk", Short: true, Help: "What the desk follows and mutes, when and where it is told, and who may change that.",
			Options: []Option{
				{Name: "do", Kinds: []OptionKind{ChoiceOption}, Choices: []string{"settings", "schedule", "post", "unpost", "history", "new", "start"}, Help: "what to do with it; to show it when left out"},
				{Name: "to", Kinds: []OptionKind{TextOption}, Help: "a time with days or five fields of cron; a place, or here; how many changes; a new desk's name and what it follows"},
				desk,
			},
			Examples: []string{"", "schedule 07:30 Mon-Fri", "post slack:#caucasus", "history 20", "new Caucasus follow AZE-ISR, Armenia; schedule 07:30 Mon-Fri"},
		},
		{
			Name: "sources", Short: true, Help: "What is read: whose it is, how it is rated, when it was read last, and trouble.",
			Options:  []Option{{Name: "outlet", Kinds: []OptionKind{OutletOption}, Help: "only this one"}},
			Examples: []string{"", "Levant Wire"},
		},
		{
			Name: "report", Help: "Say that something in a brief is wrong. By those who may change the desk it applies at once.",
			Options: []Option{
				{
					Name: "wrong", Kinds: []OptionKind{ChoiceOption}, Required: true, Choices: reportKinds(),
					Help: "an article is in the wrong story, is not about something, a story is not for this desk, an article is missing; lift takes back what reports changed of an article",
				},
				{Name: "what", Kinds: []OptionKind{TextOption, StoryOption}, Required: true, Help: "an article by its number, with the tag that is wrong; a story by its number; an address"},
				desk,
			},
			Examples: []string{"wrong group [5]", "wrong tag energy [5]", "not relevant 12.4", "missing https://strait-wire.example/7"},
		},
	}
}

// muteSpans are the spans that are offered for muting.
func muteSpans() []string { return []string{"1 day", "7 days", "30 days", "until something new"} }
