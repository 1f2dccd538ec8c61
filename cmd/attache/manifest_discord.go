package main

import (
	"context"
	"fmt"
	"os"

	"attache/bot/discord"
	"attache/digest/actor"
)

type manifestDiscord struct{}

// Help is printed under the command's flags.
func (manifestDiscord) Help() string {
	return `At discord.com/developers/applications press New Application; under Bot, Reset
Token gives the token that this needs: discord.token, or DISCORD_TOKEN. Whoever
manages a server opens the link, and chooses the server. It asks for the permissions
that attache needs and no more, and for no privileged intent; docs/operations.md says
what each is for, and how to go on.

The commands are registered where Discord does not have them as this attache does;
attache run does that too.

Example:
  attache manifest discord`
}

// Run prints the link.
func (manifestDiscord) Run(ctx context.Context, s *streams, g *settings) error {
	token := os.Getenv("DISCORD_TOKEN") // before there is a config
	if _, err := os.Stat(g.ConfigFile); err == nil {
		c, _, err := g.readAll(actor.Load())
		if err != nil {
			return err
		}
		token = c.Discord.Token.Value()
	}
	if token == "" {
		return wrongUse("the app's token is needed for its link: give discord.token, or DISCORD_TOKEN")
	}
	address, err := apiAddress("DISCORD_API_URL", "https://discord.com")
	if err != nil {
		return err
	}
	a := &discord.Adapter{Token: token, URL: address}
	link, err := a.Invite(ctx)
	if err != nil {
		return fmt.Errorf("reading the app in Discord: %w", err)
	}
	if _, err := fmt.Fprintln(s.out, link); err != nil {
		return err
	}
	n, err := a.Register(ctx)
	switch {
	case err != nil:
		return err
	case n == 0:
		fmt.Fprintln(s.err, "The commands are registered already.")
	default:
		fmt.Fprintf(s.err, "%d commands were registered.\n", n)
	}
	return nil
}
