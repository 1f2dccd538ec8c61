package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"attache/bot"
	"attache/bot/file"
	"attache/bot/slack"
	"attache/bot/webhook"
	"attache/config"
	"attache/sources/fetch"
)

// adapters are what serves the places of the config, by platform, or
// platform/workspace.
func (p *program) adapters() (map[string]bot.Adapter, error) { return newAdapters(p.config) }

// newAdapters makes the adapters of a config. Files are always served.
func newAdapters(c *config.Config) (map[string]bot.Adapter, error) {
	folder, err := filepath.Abs(c.Folder())
	if err != nil {
		return nil, fmt.Errorf("finding the config's folder: %w", err)
	}
	all := map[string]bot.Adapter{"file": &file.Adapter{Root: folder}}
	if len(c.Webhooks) > 0 {
		all["webhook"] = newWebhooks(c)
	}
	address, err := slackAPI(os.Getenv("SLACK_API_URL"))
	if err != nil {
		return nil, err
	}
	for _, w := range workspaces(c) {
		all[bot.Place{Platform: "slack", Workspace: w.Name}.Adapter()] = &slack.Adapter{Token: w.BotToken.Value(), URL: address, Listens: isHeard(c, w)}
	}
	return all, nil
}

// workspaces are those of Slack that the config has.
func workspaces(c *config.Config) []config.Workspace {
	all := append([]config.Workspace{c.Slack.Workspace}, c.Slack.Workspaces...)
	return slices.DeleteFunc(all, func(w config.Workspace) bool { return w.BotToken.Value() == "" })
}

// overHTTP reports whether what people do in a workspace comes as signed requests, and
// not by Socket Mode.
func overHTTP(w config.Workspace) bool {
	return w.SigningSecret.Value() != "" && (w.RequestURL != "" || w.AppToken.Value() == "")
}

// isHeard reports whether what people do in a workspace reaches attache.
func isHeard(c *config.Config, w config.Workspace) bool {
	if overHTTP(w) {
		return c.Listen != ""
	}
	return w.AppToken.Value() != ""
}

// slackAPI is where the Web API of Slack is; empty for its usual place. The token is
// sent there, so only this machine is reached without TLS.
func slackAPI(address string) (string, error) {
	if address == "" {
		return "", nil
	}
	u, err := url.Parse(address)
	if err == nil && (u.Scheme == "https" && u.Host != "" || u.Scheme == "http" && isLoopback(u.Hostname())) {
		return address, nil
	}
	return "", errors.New("SLACK_API_URL: expected an address as in https://slack.com/api/; http only to this machine")
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// newWebhooks posts under the same guard that pages are fetched under.
func newWebhooks(c *config.Config) *webhook.Adapter {
	a := &webhook.Adapter{
		Client:    &http.Client{Transport: fetch.NewTransport(fetch.Options{Timeout: c.Fetch.Timeout, AllowPrivate: c.Fetch.AllowPrivate})},
		Receivers: map[string]webhook.Receiver{},
	}
	for _, w := range c.Webhooks {
		a.Receivers[w.Name] = webhook.Receiver{URL: w.URL.Value(), Secret: w.Secret.Value(), Repeatable: w.Repeatable}
	}
	return a
}
