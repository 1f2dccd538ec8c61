package file

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"attache/bot"
	"attache/bot/terminal"
)

//go:embed page.html
var pageHTML string

var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("page").Parse(pageHTML)
})

// render makes the files of a thread, by their names.
func render(t bot.Thread) (map[string]string, error) {
	p := newPage(t)
	html, err := renderHTML(p)
	if err != nil {
		return nil, err
	}
	data, err := renderJSON(t, p.Title)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	if err := (terminal.Printer{W: &text}).Thread(t); err != nil {
		return nil, err
	}
	return map[string]string{
		"index.html": html, "index.md": markdown(p), "index.json": data, "index.txt": text.String(),
	}, nil
}

func renderHTML(p page) (string, error) {
	tmpl, err := pageTemplate()
	if err != nil {
		return "", fmt.Errorf("reading the page's template: %w", err)
	}
	var b bytes.Buffer
	if err := tmpl.Execute(&b, p); err != nil {
		return "", fmt.Errorf("writing a page: %w", err)
	}
	return b.String(), nil
}

// document is a thread as JSON: the lines are those of "attache digest --json".
type document struct {
	Version int            `json:"version"`
	Title   string         `json:"title"`
	Notice  string         `json:"notice"`
	Zone    string         `json:"zone"`
	Lines   []bot.FlatLine `json:"lines"`
}

func renderJSON(t bot.Thread, title string) (string, error) {
	d := document{Version: version, Title: title, Notice: t.Root.Notice, Zone: t.Root.Zone}
	for _, m := range messages(t) {
		d.Lines = append(d.Lines, bot.FlatLines(&m)...)
	}
	data, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return "", fmt.Errorf("writing a message as JSON: %w", err)
	}
	return string(data) + "\n", nil
}

// messages are those of a thread, in order.
func messages(t bot.Thread) []bot.Message { return append([]bot.Message{t.Root}, t.Replies...) }
