package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"attache/bot/slack/slacktest"
)

// slackForRun serves a workspace with Leyla and #caucasus, for attache run in another
// process.
func slackForRun(t *testing.T) *slacktest.Server {
	t.Helper()
	s := slacktest.New(slacktest.Behaviour{})
	s.Open(slacktest.Channel{ID: "C0CAUCASUS", Name: "caucasus", Member: true})
	s.Add(slacktest.User{ID: "U0LEYLA000", Name: "Leyla", Zone: "Asia/Baku"})
	served := httptest.NewServer(s)
	t.Cleanup(served.Close)
	s.Address = served.URL
	t.Setenv("SLACK_API_URL", served.URL+"/api/")
	return s
}

// seesHelp has Leyla ask for help, and waits until she alone sees it.
func seesHelp(t *testing.T, s *slacktest.Server) {
	t.Helper()
	before := len(s.State().Private)
	s.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache help")
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		private := s.State().Private
		if len(private) > before {
			if m := private[before]; m.Ephemeral != "U0LEYLA000" || !strings.Contains(string(m.Blocks), "/attache") {
				t.Fatalf("%+v", m)
			}
			return
		}
		if time.Now().After(end) {
			t.Fatal("nothing is answered")
		}
	}
}

// TestRunHearsBySockets: attache run answers a command, goes on over a change of the
// config without another connection, and closes when it is told to stop.
func TestRunHearsBySockets(t *testing.T) {
	s := slackForRun(t)
	yaml := "slack:\n  bot-token: " + slacktest.BotToken + "\n  app-token: " + slacktest.AppToken + "\n"
	p := startRun(t, yaml)
	p.until(t, "attache runs")
	waitFor(t, func() bool { return s.Connections() == 1 })
	seesHelp(t, s)
	asked := s.Say("U0LEYLA000", "C0CAUCASUS", "", "@attache latest on Armenia")
	waitFor(t, func() bool { // the answer stands under the question, for all
		all := s.State().Messages
		last := all[len(all)-1]
		return last.User == "" && last.Thread == asked && strings.Contains(string(last.Blocks), "Armenia")
	})
	if err := os.WriteFile(p.config, []byte(yaml+"operator: Murad\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	log := p.until(t, "the config was read anew")
	seesHelp(t, s)
	if h := s.Hearing(); h.Opened != 1 || h.Lost != 0 {
		t.Errorf("%+v", h)
	}
	if err := os.WriteFile(p.config, []byte(yaml+"log: json\n"), 0o600); err != nil { // a log of another form needs others
		t.Fatal(err)
	}
	if err := p.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	log += p.until(t, `"msg":"attache runs"`)
	waitFor(t, func() bool { return s.Hearing().Opened == 2 && s.Connections() == 1 })
	seesHelp(t, s)
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for p.log.Scan() {
		log += p.log.Text()
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
	waitFor(t, func() bool { return s.Connections() == 0 })
	if strings.Contains(log, slacktest.BotToken) || strings.Contains(log, slacktest.AppToken) || strings.Contains(log, "secret") {
		t.Errorf("a secret is in the log:\n%s", log)
	}
}

// TestRunHearsWorkspaces: each workspace has its own connection and its own places.
func TestRunHearsWorkspaces(t *testing.T) {
	s := slackForRun(t)
	tokens := "bot-token: " + slacktest.BotToken + ", app-token: " + slacktest.AppToken
	p := startRun(t, "slack: {workspaces: {north: {"+tokens+"}, south: {"+tokens+"}}}\n")
	p.until(t, "attache runs")
	waitFor(t, func() bool { return s.Connections() == 2 })
	seesHelp(t, s)
	seesHelp(t, s)
	if code := p.ends(t, syscall.SIGTERM); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// TestRunHearsOverHTTP: signed requests are taken at the path of request-url, others
// are not.
func TestRunHearsOverHTTP(t *testing.T) {
	s := slackForRun(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	p := startRun(t, "listen: "+address+"\nslack:\n  bot-token: "+slacktest.BotToken+"\n  signing-secret: signing-test-secret\n  request-url: https://attache.example.org/in/slack\n")
	p.until(t, "requests are taken over HTTP")
	var codes []int
	send := func(path string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			out, err := http.NewRequestWithContext(t.Context(), req.Method, "http://"+address+path, req.Body)
			if err != nil {
				t.Fatal(err)
			}
			out.Header = req.Header
			res, err := http.DefaultClient.Do(out)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			codes = append(codes, res.StatusCode)
			w.WriteHeader(res.StatusCode)
		})
	}
	s.Signed("signing-test-secret", send("/in/slack"))
	seesHelp(t, s)
	s.Signed("another secret", send("/in/slack"))
	s.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache help")
	s.Signed("signing-test-secret", send("/slack"))
	s.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache help")
	if len(codes) != 3 || codes[0] != 200 || codes[1] != 401 || codes[2] != 404 {
		t.Errorf("answered %v", codes)
	}
}

func waitFor(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it doesn't come")
		}
	}
}
