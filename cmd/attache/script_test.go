package main

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"attache/digest/archive/archivetest"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"attache": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		s := &streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, now: time.Now}
		if at, err := time.Parse(time.RFC3339, os.Getenv(testNow)); err == nil {
			s.now = func() time.Time { return at }
		}
		os.Exit(run(ctx, os.Args[1:], s))
	}})
}

// TestScripts runs testdata/*.txtar: the first word of a file's name is the
// command that it is about.
func TestScripts(t *testing.T) {
	testscript.Run(t, scripts("testdata", "", plainProgram(t)))
}

// TestScriptsOnBothDatabases runs testdata/databases/*.txtar on SQLite and on
// PostgreSQL: the database is the one that DATABASE_URL names.
func TestScriptsOnBothDatabases(t *testing.T) {
	files, err := filepath.Glob("testdata/databases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	program := plainProgram(t)
	for _, file := range files {
		archivetest.EachDSN(t, func(t *testing.T, dsn string) {
			p := scripts("", dsn, program)
			p.Files = []string{file}
			testscript.Run(t, p)
		})
	}
}

// plainProgram builds this test's attache without the race detector, under which
// a script's many starts take ten times as long, and gives the folder it is in.
// The build is the one that TestEmptyRoot needs, so that packages are built once.
func plainProgram(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.Command("go", "test", "-c", "-o", filepath.Join(dir, "attache"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

func scripts(dir, dsn, program string) testscript.Params {
	return testscript.Params{
		Dir:           dir,
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			room := newPressRoom()
			e.Defer(room.close)
			e.Values[pressRoomKey{}] = room
			receiver := newReceiver()
			e.Defer(receiver.Close)
			e.Values[receiverKey{}] = receiver
			e.Setenv("RECEIVER", receiver.URL)
			slack := newSlackServer()
			e.Defer(slack.http.Close)
			e.Values[slackKey{}] = slack
			e.Setenv("SLACK_API_URL", slack.http.URL+"/api/")
			discord := newDiscordServer()
			e.Defer(discord.http.Close)
			e.Values[discordKey{}] = discord
			e.Setenv("DISCORD_API_URL", discord.http.URL)
			e.Setenv("PATH", program+string(filepath.ListSeparator)+e.Getenv("PATH"))
			e.Setenv("TMPDIR", e.WorkDir)
			e.Setenv("DATABASE_URL", dsn)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"archive": archiveCommand, "newsroom": newsroomCommand, "received": receivedCommand,
			"slack": slackCommand, "discord": discordCommand,
		},
	}
}
