package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"golang.org/x/term"

	"attache/bot/terminal"
	"attache/sources"
)

// prompt stands before each line of a conversation.
const prompt = "> "

// lines are what a person says at the terminal, or what a pipe holds. At a terminal
// a line can be edited, and Tab completes it.
type lines struct {
	out    io.Writer
	file   *os.File       // of the terminal; nil elsewhere
	editor *term.Terminal // likewise
	next   func() ([]byte, error, bool)
	end    func()
	typed  bool // a person sees what is typed without it being repeated
}

// lines begins to read. What completes a line gets it up to the cursor, and returns
// the words that may stand there and from which byte on.
func (s *streams) lines(complete func(before string) (from int, words []string)) *lines {
	l := &lines{out: s.out, end: func() {}}
	if isTerminal(s.in) && isTerminal(s.out) && s.env("TERM") != "dumb" {
		l.file = terminalOf(s.in)
		l.editor = term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{s.in, s.out}, prompt)
		l.editor.AutoCompleteCallback = completer(complete, l.editor)
		return l
	}
	l.typed = isTerminal(s.in)
	l.next, l.end = iter.Pull2(sources.Lines(s.in))
	return l
}

// read reads the next line. The error is [io.EOF] where there is no more: at a
// terminal that is Ctrl-D, and Ctrl-C too.
func (l *lines) read(ctx context.Context) (string, error) {
	if l.editor != nil {
		return l.edit(ctx)
	}
	if l.typed {
		if _, err := fmt.Fprint(l.out, "\n"+prompt); err != nil {
			return "", err
		}
	}
	line, err, more := l.next()
	switch {
	case !more:
		return "", io.EOF
	case err != nil:
		return "", fmt.Errorf("reading what is asked: %w", err)
	case l.typed || len(line) == 0:
		return string(line), nil
	}
	_, err = fmt.Fprintf(l.out, "\n%s%s\n", prompt, terminal.Plain(string(line)))
	return string(line), err
}

// edit has a line typed. Only as long is the terminal raw: an answer that takes long
// can be broken off as everywhere.
func (l *lines) edit(ctx context.Context) (line string, err error) {
	before, err := term.MakeRaw(int(l.file.Fd()))
	if err != nil {
		return "", fmt.Errorf("preparing the terminal: %w", err)
	}
	defer func() { err = errors.Join(err, term.Restore(int(l.file.Fd()), before)) }()
	if width, height, err := term.GetSize(int(l.file.Fd())); err == nil && width > 0 {
		_ = l.editor.SetSize(width, height) // where it can't be, lines are drawn as for 80 columns
	}
	if _, err := fmt.Fprint(l.out, "\r\n"); err != nil {
		return "", err
	}
	l.editor.SetBracketedPasteMode(true)
	defer l.editor.SetBracketedPasteMode(false)
	line, err = l.pasted()
	if err != nil {
		_, _ = fmt.Fprint(l.out, "\r\n") // the prompt's line is left
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return line, err
}

// pasted is what is typed until Enter is pressed: the lines of a text that is pasted
// are one, whatever each ends with.
func (l *lines) pasted() (string, error) {
	var all []string
	for {
		line, err := l.editor.ReadLine()
		all = append(all, line)
		if !errors.Is(err, term.ErrPasteIndicator) {
			return strings.Join(strings.Fields(strings.Join(all, " ")), " "), err
		}
	}
}
