package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// setUpID names the modal by which a desk is set up, and changed. Its blocks are named by the
// parts of the form, and so is the element in each.
const setUpID = "set-up"

const daysPart = "days"

// What a modal takes, beside what a message does:
// https://docs.slack.dev/reference/block-kit/block-elements
const (
	maxFollowed    = 100
	maxSuggestions = 100
	maxAnswer      = 20_000 // bytes; over a socket 20,480 are dropped
	maxMistake     = 250    // an error under an input
)

// target is the channel that a modal is for, which the modal carries.
type target struct {
	Channel string `json:"channel"`
	Name    string `json:"name,omitempty"`
	Desk    string `json:"desk,omitempty"` // whose settings it changes
}

// modal is the form as a view: https://docs.slack.dev/reference/views/modal-views
func modal(f bot.Form, at target) (api.ModalViewRequest, error) {
	at.Desk = f.Of
	private, err := json.Marshal(at)
	if err != nil {
		return api.ModalViewRequest{}, fmt.Errorf("naming the channel of a form: %w", err)
	}
	plain := func(s string) *api.TextBlockObject { return api.NewTextBlockObject(api.PlainTextType, s, false, false) }
	input := func(part, label, hint string, e api.BlockElement) *api.InputBlock {
		b := api.NewInputBlock(part, plain(label), nil, e)
		if hint != "" {
			b.Hint = plain(hint)
		}
		return b
	}
	name := api.NewPlainTextInputBlockElement(plain("Caucasus"), bot.NamePart).WithInitialValue(f.Name).WithMaxLength(40)
	least, most := 2, maxFollowed
	follow := api.NewOptionsMultiSelectBlockElement(api.MultiOptTypeExternal, plain("Type two letters or more"), bot.FollowPart)
	follow.MinQueryLength, follow.MaxSelectedItems = &least, &most
	for _, s := range f.Follow {
		if bot.Units(s) <= maxEntry {
			follow.InitialOptions = append(follow.InitialOptions, option(s))
		}
	}
	people := api.NewOptionsMultiSelectBlockElement(api.MultiOptTypeUser, plain("Choose people"), bot.PeoplePart)
	for _, id := range f.MayChange {
		if user, is := strings.CutPrefix(id, "slack:"); is && !strings.HasPrefix(user, "@") {
			people.InitialUsers = append(people.InitialUsers, user)
		}
	}
	who := input(bot.PeoplePart, "Who may change it", "Beside you, and those who may set up desks.", people)
	who.Optional = true
	days := input(daysPart, "Days", "None: every day.", checkboxes(f.Days))
	days.Optional = true
	clock := api.NewTimePickerBlockElement(bot.SchedulePart)
	clock.InitialTime = f.Time
	due := input(bot.SchedulePart, "Time", "None: the brief is made by hand only.", clock)
	due.Optional = true
	blocks := []api.Block{input(bot.FollowPart, "Follow", "Actors, pairs of actors, themes and outlets.", follow)}
	if !f.AsIs {
		blocks = append(blocks, due, days)
	}
	title, submit := "Change the desk", "Save"
	if f.Of == "" {
		title, submit = "Set up a desk", "Preview"
		blocks = append([]api.Block{input(bot.NamePart, "Name", "", name)}, append(blocks, who)...)
	}
	if f.Zone != "" {
		blocks = append(blocks, input(bot.ZonePart, "Time zone", "Such as Asia/Baku.", api.NewPlainTextInputBlockElement(nil, bot.ZonePart).WithInitialValue(f.Zone).WithMaxLength(60)))
	}
	return api.ModalViewRequest{
		Type: api.VTModal, CallbackID: setUpID, PrivateMetadata: string(private),
		Title: plain(title), Submit: plain(submit), Close: plain("Cancel"), Blocks: api.Blocks{BlockSet: blocks},
	}, nil
}

// checkboxes are the days of the week, those checked that are offered.
func checkboxes(checked []string) *api.CheckboxGroupsBlockElement {
	e := api.NewCheckboxGroupsBlockElement(daysPart)
	for i := range 7 {
		day := time.Weekday((i + 1) % 7).String()[:3]
		o := option(day)
		e.Options = append(e.Options, o)
		for _, c := range checked {
			if c == day {
				e.InitialOptions = append(e.InitialOptions, o)
			}
		}
	}
	return e
}

func option(s string) *api.OptionBlockObject {
	return api.NewOptionBlockObject(s, api.NewTextBlockObject(api.PlainTextType, s, false, false), nil)
}

// openModal opens the form for who pressed or typed something, by the trigger of that.
func (l *Listener) openModal(ctx context.Context, trigger string, f bot.Form, at target) error {
	v, err := modal(f, at)
	if err != nil {
		return err
	}
	err = l.Adapter.call(ctx, func(ctx context.Context, c *api.Client) error {
		_, err := c.OpenViewContext(ctx, trigger, v)
		return err
	})
	if err != nil {
		return fmt.Errorf("opening a form in Slack: %w", err)
	}
	return nil
}

// submission is what Slack asks of a modal: what an input offers, and whether what
// was filled in is taken. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
type submission struct {
	Type  string `json:"type"` // "view_submission", "block_suggestion"
	Value string `json:"value"`
	Team  struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"user"`
	View struct {
		ID       string `json:"id"`
		Callback string `json:"callback_id"`
		Private  string `json:"private_metadata"`
		State    struct {
			Values map[string]map[string]filled `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

// filled is what an input holds.
type filled struct {
	Value    string   `json:"value"`
	Time     string   `json:"selected_time"`
	Users    []string `json:"selected_users"`
	Selected []struct {
		Value string `json:"value"`
	} `json:"selected_options"`
}

func readSubmission(payload json.RawMessage) (s submission, at target, ok bool) {
	if json.Unmarshal(payload, &s) != nil || s.View.Callback != setUpID || s.User.ID == "" || json.Unmarshal([]byte(s.View.Private), &at) != nil {
		return s, at, false
	}
	return s, at, at.Channel != "" && s.View.ID != ""
}

// form is what was filled in.
func (s submission) form(at target) bot.Form {
	of := func(part string) filled { return s.View.State.Values[part][part] }
	chosen := func(part string) (all []string) {
		for _, o := range of(part).Selected {
			all = append(all, o.Value)
		}
		return all
	}
	var people []string
	for _, id := range of(bot.PeoplePart).Users {
		people = append(people, "slack:"+id)
	}
	_, timed := s.View.State.Values[bot.SchedulePart]
	return bot.Form{
		Of: at.Desk, AsIs: !timed, MayChange: people, Name: strings.TrimSpace(of(bot.NamePart).Value), Follow: chosen(bot.FollowPart), Time: of(bot.SchedulePart).Time,
		Days: chosen(daysPart), Zone: strings.TrimSpace(of(bot.ZonePart).Value),
	}
}

// hearSubmission makes of a form that is filled in the command that it stands for.
func hearSubmission(payload json.RawMessage) (heard, bool) {
	s, at, ok := readSubmission(payload)
	if !ok || s.Type != "view_submission" {
		return heard{}, false
	}
	return s.heard(at), true
}

func (s submission) heard(at target) heard {
	return heard{
		kind: bot.Invoked, id: "form/" + s.View.ID, team: s.Team.ID, channel: at.Channel, channelName: at.Name,
		user: s.User.ID, userName: s.User.Name, command: "desk", text: s.form(at).Line(),
	}
}

// waits reports whether Slack wants an answer with the acknowledgement of an envelope.
func waits(e envelope) bool {
	var of struct{ Type string }
	return e.Type == "interactive" && json.Unmarshal(e.Payload, &of) == nil && (of.Type == "view_submission" || of.Type == "block_suggestion")
}

// answer is what an envelope is acknowledged with; nil for nothing but that.
func (l *Listener) answer(e envelope) any {
	const limit = 2500 * time.Millisecond // Slack waits for 3 s
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	s, at, ok := readSubmission(e.Payload)
	switch {
	case !ok:
		return nil
	case s.Type == "block_suggestion":
		return l.suggest(ctx, s, at)
	}
	wrong, err := l.wrong(ctx, s, at)
	if err != nil {
		l.Log.Error("a form can't be checked", "error", err)
		wrong = map[string]string{bot.FollowPart: "Not checked: attache could not look it up in time. Try again."}
	}
	if len(wrong) == 0 && !l.take(e) {
		wrong = map[string]string{bot.FollowPart: "Too much is asked at once. Try again in a minute."}
	}
	if len(wrong) == 0 {
		return nil
	}
	return map[string]any{"response_action": "errors", "errors": wrong}
}

// wrong is what is wrong with a form, by the block that shows it.
func (l *Listener) wrong(ctx context.Context, s submission, at target) (map[string]string, error) {
	me, err := l.self(ctx)
	if err != nil {
		return nil, err
	}
	h := s.heard(at)
	p, _ := l.place(ctx, h)
	found, err := l.CheckForm(ctx, p, l.person(ctx, h, me), s.form(at))
	if err != nil {
		return nil, err
	}
	by := map[string]string{}
	for _, w := range found {
		part := w.Part
		if part == bot.PostPart || part == "" {
			part = bot.NamePart
		}
		if at.Desk != "" && part == bot.NamePart {
			part = bot.FollowPart // a desk that is there has no input for its name
		}
		by[part] = shorten(strings.TrimSpace(by[part]+" "+strings.ToUpper(w.Text[:1])+w.Text[1:]), maxMistake)
	}
	return by, nil
}

// suggest offers what is spelt as what was typed, as much as an acknowledgement holds.
func (l *Listener) suggest(ctx context.Context, s submission, at target) any {
	p, _ := l.place(ctx, heard{kind: bot.Invoked, channel: at.Channel, channelName: at.Name})
	options, size := []*api.OptionBlockObject{}, 0
	for _, name := range l.Complete(ctx, p, "follow", "name", s.Value) {
		if name == "" || bot.Units(name) > maxEntry {
			continue
		}
		o := option(name)
		data, err := json.Marshal(o)
		if size += len(data) + 1; err != nil || size > maxAnswer || len(options) == maxSuggestions {
			break
		}
		options = append(options, o)
	}
	return map[string]any{"options": options}
}
