package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"attache/bot/terminal"
)

// outline sets out JSON for reading, in its order: a line for each value under the
// names that lead to it, texts wrapped and with their own lines. What isn't JSON is
// shown as the text that it is.
func outline(data json.RawMessage, width int) string {
	o := outliner{dec: json.NewDecoder(bytes.NewReader(data)), width: width}
	o.dec.UseNumber()
	switch {
	case len(data) == 0:
		return ""
	case !json.Valid(data) || o.value("", 0) != nil:
		o.out.Reset()
		o.text("", string(data), 0)
	}
	return o.out.String()
}

type outliner struct {
	dec   *json.Decoder
	width int
	out   strings.Builder
}

// value writes the next value under its name.
func (o *outliner) value(name string, depth int) error {
	token, err := o.dec.Token()
	if err != nil {
		return err
	}
	switch t := token.(type) {
	case json.Delim:
		return o.group(name, t == '{', depth)
	case string:
		o.text(name, t, depth)
	case json.Number:
		o.text(name, t.String(), depth)
	case bool:
		o.text(name, map[bool]string{true: "true", false: "false"}[t], depth)
	case nil:
		o.text(name, "null", depth)
	}
	return nil
}

// group writes an object, or the members of a list, each behind a dash.
func (o *outliner) group(name string, named bool, depth int) error {
	if name != "" {
		o.line(name, depth)
		depth++
	}
	for o.dec.More() {
		member := "-"
		if named {
			key, err := o.dec.Token()
			if err != nil {
				return err
			}
			member, _ = key.(string) // the decoder lets nothing else stand there
			member = terminal.Plain(member) + ":"
		}
		if err := o.value(member, depth); err != nil {
			return err
		}
	}
	_, err := o.dec.Token()
	return err
}

// text writes a value beside its name, or below it where it is longer than a line.
func (o *outliner) text(name, value string, depth int) {
	room := max(leastName, o.width-2*depth)
	plain := terminal.Plain(value)
	if !strings.Contains(strings.TrimSpace(value), "\n") && len(name)+1+len(plain) <= room {
		o.line(strings.TrimSpace(name+" "+strings.TrimSpace(plain)), depth)
		return
	}
	if name != "" {
		o.line(name, depth)
		depth++
	}
	for paragraph := range strings.SplitSeq(strings.Trim(value, "\n"), "\n") {
		lines := terminal.Wrap(terminal.Plain(paragraph), max(leastName, o.width-2*depth))
		for _, l := range append(lines, "")[:max(1, len(lines))] {
			o.line(l, depth)
		}
	}
}

func (o *outliner) line(s string, depth int) {
	o.out.WriteString(strings.TrimRight(strings.Repeat("  ", depth)+s, " ") + "\n")
}
