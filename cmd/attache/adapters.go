package main

import (
	"fmt"
	"net/http"
	"path/filepath"

	"attache/bot"
	"attache/bot/file"
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
	return all, nil
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
