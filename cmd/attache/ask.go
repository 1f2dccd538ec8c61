package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"attache/bot"
	"attache/digest"
	"attache/digest/ask"
	"attache/sources"
	"attache/sources/text"
)

// askCommand answers questions from the archive.
type askCommand struct {
	Question []string `arg:"" help:"The question; - reads questions from standard input, one a line, as one conversation."`
	Desk     string   `placeholder:"NAME" help:"The desk that asks: its zone, and what it follows. Not needed where the config has one, or none."`
	At       string   `placeholder:"TIME" help:"As if it were then."`
	Follow   bool     `help:"Go on from the last question of this desk."`
	JSON     bool     `name:"json" help:"Print one JSON object for each question."`
}

// Help is printed under the command's flags.
func (askCommand) Help() string {
	return `Answers are stored sentences with their citations, and what was counted. A
question that names no period is answered over seven days.

Example:
  attache ask "latest on Azerbaijan–Israel"
  attache ask --follow and on energy?
  printf 'latest on Armenia\nsince Monday?\n' | attache ask - --json

Exit code 0 also where nothing was found or the question was not understood: the
text says so.`
}

// Run answers the question, or those of standard input.
func (c askCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	question := strings.TrimSpace(strings.Join(c.Question, " "))
	if question == "" {
		return wrongUse("the question is empty; try: attache ask latest on Armenia")
	}
	p, err := g.openKept(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	a, err := c.asking(p, s)
	if err != nil {
		return err
	}
	if err := p.ready(ctx, s); err != nil {
		return err
	}
	if !c.Follow {
		err := a.kept(a.begin(ctx))
		if err != nil {
			return err
		}
	}
	if question == "-" {
		asked, err := a.all(ctx, s.in)
		if err == nil && asked == 0 {
			fmt.Fprintln(s.err, "attache: nothing was asked: standard input has no question")
		}
		return err
	}
	return a.answer(ctx, question)
}

// asking is a conversation at the terminal.
type asking struct {
	*program
	out     io.Writer
	err     io.Writer
	lost    bool // the archive has no place for the conversation
	printer interface{ Message(bot.Message) error }
	json    bool
	desk    string
	thread  string
	who     ask.Asker
}

// asking settles who asks. Without a desk in the config it is nobody, in UTC.
func (c askCommand) asking(p *program, s *streams) (*asking, error) {
	a := &asking{program: p, out: s.out, err: s.err, printer: s.printer(), json: c.JSON, who: ask.Asker{Zone: time.UTC}}
	if len(p.desks) > 0 || c.Desk != "" {
		desk, _, err := p.desk(c.Desk)
		if err != nil {
			return nil, err
		}
		a.desk, a.who.Zone, a.who.Follows = desk.Name, desk.Zone, desk.IDs()
	}
	a.thread = "terminal, " + a.desk
	var err error
	a.who.Now, a.who.Then, err = atTime(c.At, s.now().In(a.who.Zone))
	return a, err
}

// begin starts the conversation anew.
func (a *asking) begin(ctx context.Context) error {
	return a.app.begin(ctx, a.thread, a.desk, a.who.Now)
}

// begin starts a conversation anew. The stories of the desk's last edition can be
// asked for by their numbers.
func (a *app) begin(ctx context.Context, thread, desk string, now time.Time) error {
	last, err := a.archive.LastEdition(ctx, desk, now)
	if err != nil {
		return err
	}
	d := &digest.Digest{Desk: desk}
	if last != nil {
		if d, err = digest.Stored(last); err != nil {
			return err
		}
		d.Cited = nil // citations are counted from [1] here
	}
	return a.converse.Begin(ctx, thread, d)
}

// goOn begins a conversation with what another one speaks of, and its numbers.
func (a *app) goOn(ctx context.Context, from, thread string) error {
	body, _, err := a.archive.Conversation(ctx, from)
	if err != nil {
		return err
	}
	return a.archive.SaveConversation(ctx, thread, body)
}

// kept lets a conversation go on that the archive has no place for, and says so
// once: what was kept of another one is not read.
func (a *asking) kept(err error) error {
	var lost *bot.NotKeptError
	if !errors.As(err, &lost) || errors.Is(err, context.Canceled) {
		return err
	}
	if !a.lost {
		fmt.Fprintf(a.err, "attache: %s\n", text.Trim(text.Line(lost.Error()), 400))
		a.lost, a.thread = true, a.thread+", not kept"
	}
	return nil
}

// all answers the questions of r, line by line, and counts them.
func (a *asking) all(ctx context.Context, r io.Reader) (asked int, err error) {
	for line, err := range sources.Lines(r) {
		if err != nil {
			return asked, fmt.Errorf("reading the questions: %w", err)
		}
		question := string(line)
		if question == "" {
			continue
		}
		if !a.json {
			gap := "\n"
			if asked == 0 {
				gap = ""
			}
			if _, err := fmt.Fprintf(a.out, "%s> %s\n", gap, question); err != nil {
				return asked, err
			}
		}
		asked++
		if err := a.answer(ctx, question); err != nil {
			return asked, err
		}
	}
	return asked, nil
}

func (a *asking) answer(ctx context.Context, question string) error {
	reply, err := a.converse.Reply(ctx, a.thread, question, a.who)
	if err = a.kept(err); err != nil {
		return fmt.Errorf("answering %q: %w", question, err)
	}
	if a.json {
		return writeJSON(a.out, answerJSON(question, reply))
	}
	return a.printer.Message(reply.Message)
}

// answerObject is an answer as --json gives it. Times are RFC 3339.
type answerObject struct {
	Question string         `json:"question"`
	Status   ask.Status     `json:"status"`
	Answered bool           `json:"answered"`
	Lines    []bot.FlatLine `json:"lines"`
	Searched answerSearched `json:"searched"`
	Offers   []string       `json:"offers"` // what may be asked next
}

// answerSearched is what was searched, and how fresh that is. Actors and themes
// are ids.
type answerSearched struct {
	Mode       ask.Mode      `json:"mode"`
	Actors     []string      `json:"actors"`
	Themes     []string      `json:"themes"`
	Outlets    []string      `json:"outlets"`
	Words      []string      `json:"words"`
	Places     []string      `json:"places,omitempty"` // within the actors
	Period     jsonPeriod    `json:"period"`
	Sources    int           `json:"sources"`
	Imported   int           `json:"imported,omitempty"` // articles of an archive without sources
	NotRead    []ask.NotRead `json:"not_read"`
	Articles   int           `json:"articles"` // that fit
	Copies     int           `json:"copies"`   // of these
	Stories    int           `json:"stories"`
	Shown      int           `json:"shown"`  // stories
	Newest     *time.Time    `json:"newest"` // of the archive
	LastBefore *time.Time    `json:"last_before,omitempty"`
}

func answerJSON(question string, r bot.Reply) answerObject {
	x, asked := r.Answer.Searched, r.Answer.Head.Asked
	some := func(list []string) []string { return append([]string{}, list...) }
	return answerObject{
		Question: question, Status: r.Answer.Head.Status, Answered: r.Answer.Answered(),
		Lines: bot.FlatLines(&r.Message), Offers: some(r.Answer.Offers),
		Searched: answerSearched{
			Mode: asked.Mode, Actors: some(asked.Actors), Themes: some(asked.Themes), Outlets: some(asked.Outlets), Words: some(asked.Words), Places: asked.Places,
			Period:  jsonPeriod{timeOrNull(x.Period.Start), timeOrNull(x.Period.End)},
			Sources: x.Sources, Imported: x.Imported, NotRead: append([]ask.NotRead{}, x.NotRead...),
			Articles: x.Articles, Copies: x.Copies, Stories: x.Stories, Shown: x.Shown,
			Newest: timeOrNull(x.Newest), LastBefore: timeOrNull(x.LastBefore),
		},
	}
}

// jsonPeriod is a period; an open side is null.
type jsonPeriod struct {
	Start *time.Time `json:"start"`
	End   *time.Time `json:"end"`
}
