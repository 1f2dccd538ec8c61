package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"attache/bot/discord/discordtest"
)

const (
	discordLeyla   = "200000000000000001"
	discordChannel = discordtest.GeneralID
)

// discordForRun serves a Discord with Leyla, for attache run in another process.
func discordForRun(t *testing.T) *discordtest.Server {
	t.Helper()
	s := discordtest.New(discordtest.Behaviour{})
	s.Add(discordtest.User{ID: discordLeyla, Name: "Leyla"})
	served := httptest.NewServer(s)
	t.Cleanup(served.Close)
	t.Cleanup(s.Cut)
	s.Address = served.URL
	t.Setenv("DISCORD_API_URL", served.URL)
	return s
}

// asksHelp has Leyla ask for help, and waits until she alone sees it.
func asksHelp(t *testing.T, s *discordtest.Server) {
	t.Helper()
	before := len(s.State().Private)
	s.Invoke(discordLeyla, discordChannel, "attache", "help")
	waitFor(t, func() bool {
		private := s.State().Private
		return len(private) > before && private[before].Ephemeral == discordLeyla && strings.Contains(private[before].Content, "/attache")
	})
}

// TestRunHearsDiscord: attache run registers the commands, answers one, and a mention
// in its thread for all; another process that has the same archive takes over when it
// is told to stop.
func TestRunHearsDiscord(t *testing.T) {
	s := discordForRun(t)
	p := startRun(t, "discord:\n  token: "+discordtest.Token+"\n")
	log := p.until(t, "attache runs")
	waitFor(t, func() bool { return s.State().Overwrites == 1 && s.Hearing().Open == 1 })
	asksHelp(t, s)
	asked := s.Say(discordLeyla, discordChannel, "@attache latest on Armenia")
	waitFor(t, func() bool { // the answer stands in the thread of the question
		all := s.State().Messages
		last := all[len(all)-1]
		return last.Author == discordtest.AppID && last.Channel == asked && strings.Contains(last.Content, "Armenia")
	})
	s.Cut()
	waitFor(t, func() bool { return s.Hearing().Resumed == 1 && s.Hearing().Open == 1 })
	asksHelp(t, s)
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for p.log.Scan() {
		log += p.log.Text()
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
	waitFor(t, func() bool { return s.Hearing().Open == 0 })
	if strings.Contains(log, discordtest.Token) || strings.Contains(log, "secret-token") {
		t.Errorf("a secret is in the log:\n%s", log)
	}
}

// TestRunHearsDiscordOverHTTP: signed interactions are taken at the path of
// request-url, and there is no gateway.
func TestRunHearsDiscordOverHTTP(t *testing.T) {
	s := discordForRun(t)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	p := startRun(t, "listen: "+address+"\ndiscord:\n  token: "+discordtest.Token+"\n  public-key: "+hex.EncodeToString(public)+"\n  request-url: https://attache.example.org/in/discord\n")
	p.until(t, "requests are taken over HTTP")
	waitFor(t, func() bool { return s.State().Overwrites == 1 })
	s.Signed(private, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		out, err := http.NewRequestWithContext(t.Context(), req.Method, "http://"+address+"/in/discord", req.Body)
		if err != nil {
			t.Fatal(err)
		}
		out.Header = req.Header
		res, err := http.DefaultClient.Do(out)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		w.WriteHeader(res.StatusCode)
	}))
	asksHelp(t, s)
	if n := s.Hearing().Opened; n != 0 {
		t.Errorf("the gateway was opened %d times", n)
	}
	if code := p.ends(t, syscall.SIGTERM); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}
