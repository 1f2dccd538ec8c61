package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"syscall"
	"time"

	"attache/bot"
	"attache/bot/terminal"
)

// talk is a conversation of one person with attache, at the terminal.
type talk struct {
	*app
	handler *bot.Handler
	printer terminal.Printer
	err     io.Writer
	now     func() time.Time
	desk    string // empty for none
	after   string // the conversation that was printed above, which the first thread goes on with
	person  bot.Person

	session string       // no other has this name
	threads int          // that were begun
	asked   int          // requests
	offered []bot.Action // by the last message that offered something
}

// talk is a conversation of a person about a desk.
func (a *app) talk(s *streams, h *bot.Handler, desk string, who bot.Person) *talk {
	t := &talk{
		app: a, handler: h, printer: s.printer(), err: s.err, now: a.now, desk: desk, person: who, session: rand.Text(),
	}
	t.printer.Choices = true
	return t
}

// place is where the thread is: a place of its own, which nobody else reads.
func (t *talk) place() bot.Place {
	return bot.Place{Platform: "terminal", Channel: fmt.Sprintf("%s/%d", t.session, t.threads)}
}

// begin begins a new thread.
func (t *talk) begin(ctx context.Context) error {
	t.threads++
	t.offered = nil
	if t.threads == 1 && t.after != "" {
		return t.goOn(ctx, t.after, t.place().String())
	}
	return t.app.begin(ctx, t.place().String(), t.desk, t.now())
}

// run answers line by line, until there is no more, or ctx ends.
func (t *talk) run(ctx context.Context, s *streams) error {
	from := s.lines(func(before string) (int, []string) { return t.complete(ctx, before) })
	defer from.end()
	if err := t.begin(ctx); err != nil {
		return err
	}
	for {
		line, err := from.read(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		more, err := t.line(ctx, strings.TrimSpace(line))
		if !more || err != nil {
			return err
		}
	}
}

// line does what a line says, and reports whether the conversation goes on.
func (t *talk) line(ctx context.Context, line string) (more bool, err error) {
	switch strings.ToLower(line) {
	case "":
		return true, nil
	case "/quit", "/exit", "quit", "exit":
		return false, nil
	case "/new":
		fmt.Fprintln(t.printer.W, "A new thread.")
		return true, t.begin(ctx)
	}
	if n, err := strconv.Atoi(line); err == nil {
		return true, t.press(ctx, n)
	}
	return true, t.handle(ctx, t.request(line))
}

// press presses a button of the last message by its number.
func (t *talk) press(ctx context.Context, n int) error {
	if n < 1 || n > len(t.offered) {
		what := "Nothing was offered by a number."
		if len(t.offered) > 0 {
			what = fmt.Sprintf("The numbers offered go from 1 to %d.", len(t.offered))
		}
		_, err := fmt.Fprintln(t.printer.W, what)
		return err
	}
	r := t.made(bot.Pressed)
	r.Action = t.offered[n-1]
	return t.handle(ctx, r)
}

// request is what a line asks for: with a stroke a command, else it is said.
func (t *talk) request(line string) bot.Request {
	command, isCommand := strings.CutPrefix(line, "/")
	if !isCommand {
		r := t.made(bot.Said)
		r.Text = line
		return r
	}
	r := t.made(bot.Invoked)
	r.Command, r.Text, _ = strings.Cut(strings.TrimSpace(command), " ")
	if strings.EqualFold(r.Command, "attache") {
		r.Command, r.Text, _ = strings.Cut(strings.TrimSpace(r.Text), " ")
	}
	r.Command, r.Text = strings.ToLower(cmp.Or(r.Command, "help")), strings.TrimSpace(r.Text)
	return r
}

// made is a request of a kind, in the thread.
func (t *talk) made(kind bot.RequestKind) bot.Request {
	t.asked++
	message := strconv.Itoa(t.asked)
	return bot.Request{
		ID: t.place().String() + "/" + message, Kind: kind, At: t.now(), Place: t.place(), Message: message, Person: t.person,
		Addressed: true, Alone: true, Reply: t.show,
	}
}

// handle has a request answered. What goes wrong with one does not end the
// conversation.
func (t *talk) handle(ctx context.Context, r bot.Request) error {
	err := t.handler.Handle(ctx, r)
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, syscall.EPIPE) { // nobody reads on
		return err
	}
	_, err = fmt.Fprintf(t.err, "attache: %v\n", err)
	return err
}

// show prints a message.
func (t *talk) show(_ context.Context, m bot.Message) error {
	if len(m.Actions) > 0 {
		t.offered = m.Actions
	}
	return t.printer.Message(m)
}
