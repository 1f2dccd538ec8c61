package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"attache": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		s := &streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv}
		os.Exit(run(ctx, os.Args[1:], s))
	}})
}

// TestScripts runs testdata/*.txtar: the first word of a file's name is the
// command that it is about.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("TMPDIR", e.WorkDir)
			return nil
		},
	})
}
