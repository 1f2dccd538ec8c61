package main

import (
	"os"

	"golang.org/x/term"
)

// isTerminal reports whether a stream is a person's terminal.
func isTerminal(stream any) bool {
	return terminalOf(stream) != nil
}

// terminalOf is the terminal that a stream is, also where its reading can be broken
// off; nil where it is none.
func terminalOf(stream any) *os.File {
	if r, ok := stream.(*untilDone); ok {
		stream = r.from
	}
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return f
}

// terminalWidth is the columns of a terminal; 80 elsewhere.
func terminalWidth(stream any) int {
	f, ok := stream.(*os.File)
	if !ok {
		return 80
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		return 80
	}
	return width
}
