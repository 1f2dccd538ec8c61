package main

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"attache/bot"
	"attache/bot/discord"
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
	address, err := apiAddress("SLACK_API_URL", "https://slack.com/api/")
	if err != nil {
		return nil, err
	}
	if c.Discord.Token.Value() != "" {
		if all["discord"], err = newDiscord(c); err != nil {
			return nil, err
		}
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

// newDiscord posts to Discord.
func newDiscord(c *config.Config) (*discord.Adapter, error) {
	address, err := apiAddress("DISCORD_API_URL", "https://discord.com")
	return &discord.Adapter{Token: c.Discord.Token.Value(), URL: address, Listens: hearsDiscord(c), Publish: c.Discord.Publish}, err
}

// hearsDiscord reports whether what people do in Discord reaches attache: by the
// gateway, or over HTTP where there is an address for it.
func hearsDiscord(c *config.Config) bool { return c.Discord.PublicKey == "" || c.Listen != "" }

// apiAddress is where the API of a platform is, as a variable has it; empty for its
// usual place. The token is sent there, so only this machine is reached without TLS.
func apiAddress(variable, usual string) (string, error) {
	address := os.Getenv(variable)
	if address == "" {
		return "", nil
	}
	u, err := url.Parse(address)
	if err == nil && (u.Scheme == "https" && u.Host != "" || u.Scheme == "http" && isLoopback(u.Hostname())) {
		return address, nil
	}
	return "", fmt.Errorf("%s: expected an address as in %s; http only to this machine", variable, usual)
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
