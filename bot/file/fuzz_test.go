package file

import (
	"regexp"
	"testing"

	"attache/bot"
	"attache/bot/bottest"
)

// FuzzForeignText: whatever an outlet writes, each form of a message is text and
// links to its article.
func FuzzForeignText(f *testing.F) {
	for _, text := range bottest.HostileTexts() {
		f.Add(text, "https://ok.example/a")
		f.Add(text, text)
	}
	own := regexp.MustCompile(`^https?://`)
	f.Fuzz(func(t *testing.T, text, address string) {
		if own.MatchString(address) {
			address = "https://ok.example/" + own.ReplaceAllString(address, "")
		}
		thread := bot.Thread{Root: bot.Message{
			Notice: text, Zone: text,
			Blocks: []bot.Block{
				{Kind: bot.Heading, Title: text},
				{Kind: bot.Item, Ref: "1.1", Facts: text, Lines: []bot.Line{
					{Kind: bot.Reported, Text: text, Cite: 1, Marks: []string{text}},
					{Kind: bot.Reported, Text: text, Label: text, Cite: 1, Bullet: true},
				}},
			},
			Citations: []bot.Citation{{N: 1, Outlet: text, Title: text, URL: address, Lang: text}},
		}}
		parts, err := (&Adapter{}).Plan(place(), thread)
		if err != nil {
			t.Fatal(err)
		}
		harmless(t, parts[0])
	})
}
