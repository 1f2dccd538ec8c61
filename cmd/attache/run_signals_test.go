package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is an attache run of its own, whose log is read as it comes.
type process struct {
	*exec.Cmd
	log    *bufio.Scanner
	config string
}

// startRun starts attache run on a database of its own.
func startRun(t *testing.T, yaml string) *process {
	t.Helper()
	p := &process{config: settingsFor(t, yaml).ConfigFile}
	t.Setenv("DATABASE_URL", filepath.Join(filepath.Dir(p.config), "a.db"))
	p.Cmd = command(t, "run", "-c", p.config)
	out, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.log = bufio.NewScanner(out)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// command is attache as another process: this test's program under its name.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // a log that doesn't come fails the test
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, exe)
	c.Args = append([]string{"attache"}, args...)
	return c
}

// until reads the log up to a line that holds a text.
func (p *process) until(t *testing.T, text string) string {
	t.Helper()
	var read strings.Builder
	for p.log.Scan() {
		read.WriteString(p.log.Text() + "\n")
		if strings.Contains(p.log.Text(), text) {
			return read.String()
		}
	}
	t.Fatalf("the log ends without %q:\n%s", text, read.String())
	return ""
}

// ends signals and returns the exit code.
func (p *process) ends(t *testing.T, sig os.Signal) int {
	t.Helper()
	if err := p.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	for p.log.Scan() {
	}
	err := p.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return p.ProcessState.ExitCode()
}

func TestRunEndsOnASignal(t *testing.T) {
	for _, c := range []struct {
		sig  os.Signal
		code int
	}{{syscall.SIGTERM, exitOK}, {os.Interrupt, exitInterrupted}} {
		p := startRun(t, desks(""))
		p.until(t, "run done")
		if code := p.ends(t, c.sig); code != c.code {
			t.Errorf("%s: exit code %d", c.sig, code)
		}
	}
}

// TestRunFinishesWhatIsInHand stops attache while it polls a source that is slow
// to answer: the run is done when it ends.
func TestRunFinishesWhatIsInHand(t *testing.T) {
	room := newPressRoom()
	defer room.close()
	asked, answer := make(chan struct{}), make(chan struct{})
	room.hold("ararat-post.example", func() { close(asked); <-answer })
	p := startRun(t, room.config(desks("log: json\n")))
	<-asked
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.until(t, `"msg":"attache stops"`)
	close(answer)
	if log := p.until(t, `"msg":"run done"`); !strings.Contains(log, `"source":"Ararat Post"`) {
		t.Errorf("the log: %s", log)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
}

func TestHangupReadsTheConfigAnew(t *testing.T) {
	p := startRun(t, desks(""))
	p.until(t, "attache runs")
	write := func(yaml string) {
		t.Helper()
		if err := os.WriteFile(p.config, []byte(yaml), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := p.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	write(desks("    grace: never\nnope: 1\n"))
	if log := p.until(t, "nope: unknown key"); !strings.Contains(log, "the old one stays") {
		t.Errorf("the log: %s", log)
	}
	write(desks("  - {name: Gulf, follow: [IRN]}\nlog: json\n"))
	p.until(t, `"msg":"attache runs","version":"development","desks":2`)
	write("log: xml\n")
	p.until(t, "the old one stays")
	if code := p.ends(t, syscall.SIGTERM); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// TestSecondRun holds that a SQLite file has one attache run, that other commands
// work beside it, and that it does what run --once asks for.
func TestSecondRun(t *testing.T) {
	p := startRun(t, desks(""))
	p.until(t, "run done")
	second := command(t, "run", "-c", p.config)
	out, err := second.CombinedOutput()
	if second.ProcessState.ExitCode() != exitFailure || bytes.Count(out, []byte("\n")) != 1 || !bytes.Contains(out, []byte("another attache runs on it: stop it")) {
		t.Errorf("the second: %s%v", out, err)
	}
	if out, err := command(t, "schedule", "-c", p.config).CombinedOutput(); err != nil || !bytes.Contains(out, []byte("edition Caucasus\n")) {
		t.Errorf("schedule: %s%v", out, err)
	}
	once := command(t, "run", "--once", "Caucasus", "-c", p.config)
	once.Stderr = io.Discard
	if out, err := once.Output(); err != nil || string(out) != "Caucasus brief no. 1\n  file:briefs: 1 part posted\n" {
		t.Errorf("once: %s%v", out, err)
	}
	p.until(t, "msg=delivered key=Caucasus/1/file:briefs/1")
	if code := p.ends(t, syscall.SIGTERM); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// TestRunOnANewerArchive is one line, and changes nothing.
func TestRunOnANewerArchive(t *testing.T) {
	p := startRun(t, desks(""))
	p.until(t, "run done")
	p.ends(t, syscall.SIGTERM)
	raise(t, os.Getenv("DATABASE_URL"))
	later := command(t, "run", "-c", p.config)
	out, err := later.CombinedOutput()
	if later.ProcessState.ExitCode() != exitFailure || bytes.Count(out, []byte("\n")) != 1 {
		t.Errorf("%s%v", out, err)
	}
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	room := newPressRoom()
	defer room.close()
	asked := make(chan struct{})
	room.stall("ararat-post.example", func() { close(asked) })
	p := startRun(t, room.config(desks("")))
	<-asked
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.until(t, "attache stops")
	began := time.Now()
	p.ends(t, syscall.SIGTERM)
	if took := time.Since(began); took > stopWithin/2 {
		t.Errorf("it took %s", took)
	}
}
