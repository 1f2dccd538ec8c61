package main

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/term"
)

// TestPastedLinesAreOneQuestion holds that a paste of several lines neither ends the
// conversation nor is several questions.
func TestPastedLinesAreOneQuestion(t *testing.T) {
	keys := "\x1b[200~what is new\r\nin Armenia\r\x1b[201~ this week\rand on energy?\r"
	l := &lines{editor: term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{strings.NewReader(keys), new(bytes.Buffer)}, prompt)}
	for _, want := range []string{"what is new in Armenia this week", "and on energy?"} {
		if got, err := l.pasted(); got != want || err != nil {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	if got, err := l.pasted(); got != "" || !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %q, %v", got, err)
	}
}
