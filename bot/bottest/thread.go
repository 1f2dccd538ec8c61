package bottest

import (
	"fmt"
	"strings"
	"time"

	"attache/bot"
)

// Line is a message of one line, as an edition that is late has it.
func Line() bot.Thread {
	return bot.Thread{Root: bot.Message{
		Notice: "The brief of the harbour desk is late.", Zone: "Asia/Baku",
		Blocks: []bot.Block{{Kind: bot.Context, Lines: []bot.Line{{Kind: bot.Counted, Text: "The brief of the harbour desk is late."}}}},
	}}
}

// Thread is an edition with two sections: every kind of block and line is in it.
func Thread() bot.Thread {
	closes := bot.Line{Kind: bot.Reported, Text: `"The harbour of Port Lume will close for two days," its master said on Monday.`, Cite: 1}
	ferry := bot.Line{Kind: bot.Reported, Text: "العبارة متوقفة منذ يوم الأحد.", Cite: 2, Marks: []string{"in Arabic", "paywall (summary only)"}}
	root := message([]bot.Block{
		{Kind: bot.Headline, Title: "Harbour · brief no. 12 · Tue 24 Nov 2026"},
		{Kind: bot.Context, Lines: []bot.Line{
			counted("Mon 23 Nov 07:30 to Tue 24 Nov 07:30 Baku (03:30 UTC) · all times Baku"),
			counted("Not read: Lume Wire, unreachable since 04:10. The other 13 sources were."),
		}},
		{Kind: bot.Heading, Title: "First"},
		{Kind: bot.Item, Ref: "12.1", State: "New", Facts: "Lume, Orla · transport", Lines: []bot.Line{closes, counted("2 origins (5 outlets) · figures differ on the price")}},
		{Kind: bot.Heading, Title: "Ahead", Lines: []bot.Line{{Kind: bot.Counted, Label: "Thu 26 Nov", Text: "12.1", Cite: 1}}},
	}, article(1), article(2))
	root.Notice = "Harbour brief no. 12, Tue 24 Nov. 13 of 14 sources read."
	lume := message([]bot.Block{
		{Kind: bot.Heading, Title: "Lume–Orla", Lines: []bot.Line{counted("2 stories, 7 articles")}},
		{Kind: bot.Item, Ref: "12.1", State: "New", Facts: "Lume, Orla · transport", Again: true, Lines: []bot.Line{
			closes,
			{Kind: bot.Counted, Label: "Figures differ, price"},
			{Kind: bot.Reported, Text: "It costs 410 million dollars.", Cite: 1, Bullet: true},
			{Kind: bot.Reported, Text: "The price is 640 million dollars, two officials told Orla Post.", Cite: 3, Bullet: true},
			{Kind: bot.Note, Text: "Note by Rustam, 24 Nov 08:12, on 12.1: We doubt the second figure."},
		}},
		{Kind: bot.Item, Ref: "12.2", State: "More origins 1 → 4", Facts: "Lume · energy-oil", Lines: []bot.Line{ferry}},
	}, article(1), article(2), article(3))
	gaps := message([]bot.Block{{Kind: bot.Heading, Title: "Gaps", Lines: []bot.Line{counted("Orla–Vess: no article for 5 days.")}}})
	return bot.Thread{Root: root, Replies: []bot.Message{lume, gaps}}
}

func counted(text string) bot.Line { return bot.Line{Kind: bot.Counted, Text: text} }

func message(blocks []bot.Block, cited ...bot.Citation) bot.Message {
	return bot.Message{Notice: "More of the brief.", Zone: "Asia/Baku", Blocks: blocks, Citations: cited}
}

func article(n int) bot.Citation {
	return bot.Citation{
		N: n, Outlet: fmt.Sprintf("Outlet %d", n), Title: fmt.Sprintf("The %d. article & its title", n),
		URL:  fmt.Sprintf("https://outlet-%d.example/a/%d?from=feed&page=2", n, n),
		Lang: [...]string{"en", "en", "ar", "en"}[n%4], Published: time.Date(2026, 11, 23, 14, 40+n, 0, 0, time.UTC),
		Day: n == 3, Read: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC),
	}
}

// Hostile is a thread in which every foreign text does what it can.
func Hostile() bot.Thread {
	var blocks []bot.Block
	var cited []bot.Citation
	for i, text := range HostileTexts() {
		c := article(i + 1)
		c.Outlet, c.Title, c.Via, c.Authors = text, text, text, []string{text}
		c.URL = hostileURLs()[i%len(hostileURLs())]
		cited = append(cited, c)
		blocks = append(blocks,
			bot.Block{Kind: bot.Heading, Title: text},
			bot.Block{Kind: bot.Item, Ref: "1." + fmt.Sprint(i+1), State: "New", Facts: text, Lines: []bot.Line{
				{Kind: bot.Reported, Text: text, Cite: i + 1, Marks: []string{text}},
				{Kind: bot.Reported, Text: text, Cite: i + 1, Bullet: true},
			}})
	}
	return bot.Thread{Root: message(blocks, cited...)}
}

// HostileTexts are sentences that would be more than text where nobody escapes them.
func HostileTexts() []string {
	return []string{
		`<script>alert(1)</script><img src=x onerror=alert(1)>`,
		`"><svg/onload=alert(1)>' onmouseover='alert(1)`,
		`</p></body><iframe srcdoc="<b>x</b>">&lt;b&gt; &#60;i&#62;`,
		"[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example> https://evil.example www.evil.example",
		"@everyone @here @channel <!channel> <@U024BE7LH> @octocat #123 :smile: a@evil.example",
		"# heading", "- list", "1. list", "> quote", "```\ncode", "| a | b |", "---", "===", "    indented", "~~~", "+ plus",
		"*bold* _it_ ~~gone~~ `code` $x$ \\*not\\* **",
		"a\x1b[2Jb\x07c\u202ed\u2066e\u200bf\ufeffg\x00h",
		"{{.Secret}} ${SECRET} %s %n {% x %}",
		"<!-- --> <![CDATA[ x ]]> <?php x ?> &copy; \u2028 next",
		"no\nnewline\r\nhere\tand\u0085there",
		"broken \xff\xfe bytes",
	}
}

func hostileURLs() []string {
	return []string{
		"javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "//evil.example/x",
		"https://ok.example/a\"><script>alert(1)</script>", "https://ok.example/a) [x](https://evil.example", "https://user:word@ok.example/",
		"https://ok.example/a?b=1&copy;=2", "java\nscript:alert(1)", "mailto:a@evil.example", "vbscript:x", "",
	}
}

// Long is a thread that no platform takes in one part.
func Long() bot.Thread {
	t := bot.Thread{Root: message([]bot.Block{{Kind: bot.Headline, Title: "A long brief"}})}
	filler := strings.Repeat(" and so on", 20)
	for i, sentence := range longSentences() {
		if i%50 == 0 {
			t.Replies = append(t.Replies, message(nil, article(1)))
		}
		m := &t.Replies[len(t.Replies)-1]
		m.Blocks = append(m.Blocks, bot.Block{
			Kind: bot.Item, Ref: fmt.Sprintf("1.%d", i+1), State: "New",
			Lines: []bot.Line{{Kind: bot.Reported, Text: sentence + filler + ".", Cite: 1}},
		})
	}
	for i := range 3000 {
		m := &t.Replies[0]
		m.Blocks = append(m.Blocks, bot.Block{Kind: bot.Item, Lines: []bot.Line{counted(fmt.Sprintf("Line %d%s", i, filler))}})
	}
	return t
}

func longSentences() []string {
	all := make([]string, 1000)
	for i := range all {
		all[i] = fmt.Sprintf("Sentence number %d of the brief", i+1)
	}
	return all
}
