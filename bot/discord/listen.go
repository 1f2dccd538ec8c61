package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"attache/bot"
)

// How long Discord waits for the first answer to an interaction, less what the way
// takes; how long it may take to find out who and where somebody is; and how long
// what may be answered by a form waits for that.
const (
	acknowledging = 2800 * time.Millisecond
	looking       = 5 * time.Second
	formsWithin   = 1500 * time.Millisecond
)

// Listener hears what people do: by the gateway, or where there is a public key over
// HTTP, as an [http.Handler].
type Listener struct {
	Adapter   *Adapter
	PublicKey string // of the application, in hexadecimal digits
	PlainText bool   // what is said in threads without a mention is read too, for which the app needs an intent
	Handle    func(context.Context, bot.Request) error
	Complete  func(ctx context.Context, p bot.Place, command, option, typed string) []string
	Notes     bot.Notes // of the gateway
	Log       *slog.Logger
	Now       func() time.Time // nil: time.Now

	acks   bot.Crew // what can't wait
	crew   bot.Crew
	recent bot.Recent

	names   kept[string]   // of people
	members kept[member]   // by server and person
	direct  kept[string]   // conversations, by person
	inside  kept[[]string] // the servers that attache is in
	heard   atomic.Int64   // when something was heard last, in ms

	opens   time.Duration // in which the gateway has to greet; zero: 20 s
	silence time.Duration // without an acknowledgement the gateway is given up after it; zero: 90 s
	pause   time.Duration // before the gateway is opened again; zero: a second
	busy    time.Duration // after which a person sees that an answer is being written; zero: a second
}

// Run registers the commands, and hears people until ctx ends; then what is in hand
// is finished. Its error is why Discord will not let attache hear: then there is no
// use in trying again.
func (l *Listener) Run(ctx context.Context) error {
	defer l.crew.Close()
	defer l.acks.Close()
	l.keepRegistered(ctx)
	if l.PublicKey != "" {
		<-ctx.Done()
		return nil
	}
	if err := l.listen(ctx); err != nil {
		return fmt.Errorf("listening to Discord: %w", err)
	}
	return nil
}

// keepRegistered registers the commands, in the time that it takes.
func (l *Listener) keepRegistered(ctx context.Context) {
	l.acks.Do(func() {
		const again = time.Minute
		for {
			_, err := l.Adapter.Register(ctx)
			if err == nil || ctx.Err() != nil {
				return
			}
			l.Log.Error("the commands are not registered", "error", err)
			select {
			case <-ctx.Done():
				return
			case <-time.After(again):
			}
		}
	})
}

// take has an event handled, where there is room for it.
func (l *Listener) take(e event) {
	l.heard.Store(time.Now().UnixMilli())
	taken := true
	switch e.Name {
	case interacted:
		taken = l.acks.Do(func() { l.safely(func() { l.takeInteraction(e.Data) }) })
	case messageCreated, messageUpdated, messageDeleted, messagesGone, guildCreated:
		taken = l.crew.Do(func() { l.safely(func() { l.takeEvent(context.Background(), e) }) })
	}
	if !taken {
		l.Log.Error("something from Discord is not taken: attache stops, or too much waits")
	}
}

// safely keeps a fault from what else is in hand.
func (l *Listener) safely(do func()) {
	defer func() {
		if fault := recover(); fault != nil {
			l.Log.Error("a fault of attache", "fault", fault, "stack", string(debug.Stack()))
		}
	}()
	do()
}

// takeInteraction acknowledges an interaction at once, and then has it handled.
func (l *Listener) takeInteraction(data json.RawMessage) {
	var i interaction
	if json.Unmarshal(data, &i) != nil || i.ID == "" || i.Token == "" {
		return
	}
	if i.Type == typing {
		l.complete(&i)
		return
	}
	a, r, ok := l.read(&i)
	if !ok || !l.recent.First(i.ID) {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), acknowledging)
	defer cancel()
	if i.Type == pressed && r.Action.Do == doFollowUp {
		if err := a.acknowledge(ctx, response{formShown, questionForm()}); err != nil {
			l.Log.Error("showing a form in Discord", "error", err)
		}
		return
	}
	if !mayShowForm(r) {
		if err := a.acknowledge(ctx, a.deferral()); err != nil {
			l.Log.Error("something from Discord could not be acknowledged, and is not done", "request", r.ID, "error", err)
			return
		}
	}
	if !l.crew.Do(func() { l.safely(func() { l.work(a, r) }) }) {
		_ = a.reply(ctx, tooMuch()) // the person sees that nothing came
	}
}

// work handles what an interaction asks for. It outlives what it came by: it was
// acknowledged.
func (l *Listener) work(a *answerer, r bot.Request) {
	ctx := context.Background()
	defer a.end(ctx)()
	l.meet(ctx, a.i, &r)
	if err := l.Handle(ctx, r); err != nil {
		l.Log.Error("handling what was done in Discord", "request", r.ID, "error", err)
	}
}

// read makes of an interaction what a person did; false where that is nothing that
// attache knows. It waits for nothing.
func (l *Listener) read(i *interaction) (a *answerer, r bot.Request, ok bool) {
	r = bot.Request{ID: "discord:" + i.ID, At: timeOf(i.ID), Addressed: true}
	at := i.at()
	r.Place, r.Thread = spot(at)
	if i.Message != nil {
		r.Message = messageID(at, i.Message.ID)
	}
	r.Alone = i.Guild == ""
	if may := int64(i.May); !r.Alone && may&administrator == 0 {
		r.Unreachable = outside(may, at)
	}
	a = &answerer{l: l, i: i}
	switch i.Type {
	case invoked:
		ok = l.readCommand(i.Data, &r)
	case pressed:
		ok = l.readPress(i, &r)
	case submitted:
		ok = l.readForm(i, &r)
	}
	if r.Place.Channel == "" || i.person() == nil {
		ok = false
	}
	r.Reply = a.reply
	if mayShowForm(r) {
		r.Ask = a.ask
	}
	return a, r, ok
}

func (l *Listener) readCommand(data json.RawMessage, r *bot.Request) bool {
	var of commandData
	if json.Unmarshal(data, &of) != nil || of.Name == "" {
		return false
	}
	r.Kind = bot.Invoked
	r.Command, r.Text, r.Options, r.Openly = of.invoked()
	return true
}

// readPress reads what was pressed. What belongs elsewhere than where it is shown is
// done there.
func (l *Listener) readPress(i *interaction, r *bot.Request) bool {
	var of pressData
	if json.Unmarshal(i.Data, &of) != nil {
		return false
	}
	action, from, ok := of.action()
	r.Kind, r.Action = bot.Pressed, action
	if from.channel != "" {
		r.Place.Channel, r.Thread, r.Alone, r.Unreachable = from.channel, "", false, ""
		if from.thread != "" {
			r.Thread = from.channel + "/" + from.thread
		}
	}
	return ok
}

// readForm reads a question, or the settings of a desk, that were filled in. A
// question goes on from the message that has the button.
func (l *Listener) readForm(i *interaction, r *bot.Request) bool {
	var of pressData
	if json.Unmarshal(i.Data, &of) != nil {
		return false
	}
	action, _, ok := decodeAction(of.CustomID)
	r.Kind, r.Command = bot.Invoked, appName
	switch action.Do {
	case doFollowUp:
		r.Text = of.filled(askOption)
		if r.Thread == "" && !r.Alone && r.Message != "" {
			r.Thread = r.Message
		}
	case doSettle:
		r.Command, r.Text = "desk", of.form(action).Line()
	default:
		return false
	}
	r.Message = ""
	return ok
}

// outside says why nothing can be posted in a place; empty where something can.
func outside(may int64, at place) string {
	send := Permission{"Send Messages", sendMessages, ""}
	if at.isThread() {
		send = Permission{"Send Messages in Threads", sendInThreads, ""}
	}
	if may&viewChannel != 0 && may&send.Bit != 0 {
		return ""
	}
	return "attache may not write in this channel. " + permit(send.Name) + ", then press Share here again."
}

// complete offers values for what is being typed, from memory.
func (l *Listener) complete(i *interaction) {
	ctx, cancel := context.WithTimeout(context.Background(), acknowledging)
	defer cancel()
	data := l.completions(ctx, i)
	if err := l.Adapter.hook(ctx, "POST", i.callback(), data, nil); err != nil {
		l.Log.Warn("completing what is being typed in Discord", "error", err)
	}
}

// completions are the answer to what is being typed. An empty list is written too.
func (l *Listener) completions(ctx context.Context, i *interaction) response {
	var of commandData
	choices := []choice{}
	if json.Unmarshal(i.Data, &of) == nil && l.Complete != nil {
		p, _ := spot(i.at())
		name, option, typed := of.typing()
		for _, value := range l.Complete(ctx, p, name, option, typed) {
			if n := bot.Units(value); n > 0 && n <= maxChoice && len(choices) < maxChoices {
				choices = append(choices, choice{plain(value, maxChoice), value})
			}
		}
	}
	return response{completions, map[string]any{"choices": choices}}
}

// callback is where the first answer goes.
func (i *interaction) callback() string { return "/interactions/" + i.ID + "/" + i.Token + "/callback" }

// at is the channel that it was done in, as far as Discord says.
func (i *interaction) at() place {
	if i.Channel == nil {
		return place{ID: i.ChannelID}
	}
	return *i.Channel
}

// person is who did it.
func (i *interaction) person() *user {
	if i.Member != nil {
		return i.Member.User
	}
	return i.User
}

// mayShowForm reports whether a request may be answered by a form, which has to be
// the first that Discord hears of it.
func mayShowForm(r bot.Request) bool {
	line := strings.TrimSpace(strings.ToLower(r.Text + r.Action.With))
	first, rest, _ := strings.Cut(line, " ")
	is := func(do string) bool { return do == "new" || strings.HasPrefix(do, "settings") || do == "set" }
	switch r.Kind {
	case bot.Invoked:
		return r.Command == "desk" && is(r.Options["do"]) && r.Options["to"] == "" || r.Command == appName && first == "desk" && is(rest)
	case bot.Pressed:
		return first == "desk" && is(rest)
	}
	return false
}
