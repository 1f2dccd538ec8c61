package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"

	"attache/sources"
)

// inspectCommand shows what one layer makes of an input.
type inspectCommand struct {
	Page     inspectPage     `cmd:"" help:"What is read from a page: title, authors, dates, text."`
	Feed     inspectFeed     `cmd:"" help:"What is read from a feed."`
	Text     inspectText     `cmd:"" help:"What a text is about: countries, pairs, themes, and all that it names."`
	Stories  inspectStories  `cmd:"" help:"Which articles tell one story, and which are copies of one text."`
	Summary  inspectSummary  `cmd:"" help:"The sentences that stand for a group of articles."`
	Period   inspectPeriod   `cmd:"" help:"The period that a text names."`
	Question inspectQuestion `cmd:"" help:"How the questions of a conversation are read."`
	Claim    inspectClaim    `cmd:"" help:"Whether a shortened sentence still says what its source says."`
	Search   inspectSearch   `cmd:"" help:"The articles that answer a question, best first."`
	Ask      inspectAsk      `cmd:"" help:"The answer to a question, in its thread."`
	Post     inspectPost     `cmd:"" help:"What would be shown of one article."`
}

// Help is printed under the command's calls.
func (inspectCommand) Help() string {
	return `Each call reads JSON Lines from the files named, or from standard input, and
writes one JSON object for each, in the same order and under the same id. A line
that cannot be handled gets an "error", and the run goes on.

Example:
  echo '{"id":1,"text":"since Monday","now":"2026-11-24T07:30:00Z","tz":"Asia/Baku"}' | attache inspect period`
}

// inspectInput is what every call of inspect takes.
type inspectInput struct {
	Files []string `arg:"" optional:"" type:"existingfile" help:"Files of JSON Lines; standard input when none is named."`
	Why   bool     `help:"Add the reasons."`
}

// each reads the lines of the input and writes what do makes of each: objects,
// in order, for there may be several. Where do fails, an object with the line's
// id and the error stands in their place.
func (in inspectInput) each(ctx context.Context, s *streams, do func(line json.RawMessage) ([]any, error)) error {
	return in.lines(ctx, s, func(line json.RawMessage, wrong error) error {
		if wrong != nil {
			return writeJSON(s.out, failed(line, wrong))
		}
		results, err := do(line)
		if err != nil {
			results = []any{failed(line, err)}
		}
		return writeJSON(s.out, results...)
	})
}

// lines calls do with each line of the input.
func (in inspectInput) lines(ctx context.Context, s *streams, do func(line json.RawMessage, wrong error) error) error {
	if len(in.Files) == 0 {
		return eachLine(ctx, s.in, do)
	}
	for _, name := range in.Files {
		if err := eachLineOf(ctx, name, do); err != nil {
			return err
		}
	}
	return nil
}

// writeJSON writes each value as a line of JSON; < and & stay as they are.
func writeJSON(w io.Writer, values ...any) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, v := range values {
		if err := enc.Encode(v); err != nil {
			return errors.Join(err, out.Flush())
		}
	}
	return out.Flush()
}

// failed is the object for a line that could not be handled.
func failed(line json.RawMessage, err error) any {
	var key struct {
		ID    json.RawMessage `json:"id,omitempty"`
		File  json.RawMessage `json:"file,omitempty"`
		Error string          `json:"error"`
	}
	_ = json.Unmarshal(line, &key) // a line that is no JSON has no id
	key.Error = err.Error()
	return key
}

func eachLineOf(ctx context.Context, name string, do func(json.RawMessage, error) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(eachLine(ctx, f, do), f.Close())
}

// eachLine calls do with every line of r that isn't empty; with one that is too
// long to be read, with what is wrong with it.
func eachLine(ctx context.Context, r io.Reader, do func(line json.RawMessage, wrong error) error) error {
	n := 0
	for line, err := range sources.Lines(r) {
		n++
		if err := ctx.Err(); err != nil {
			return err
		}
		if errors.Is(err, sources.ErrLongLine) {
			err, line = do(nil, fmt.Errorf("line %d: %w", n, err)), nil
		}
		if err == nil && len(line) > 0 {
			err = do(line, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// key is the id of a line as it came: a string or a number.
type key = json.RawMessage

// some is the list, empty where there is none: never null.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// decode reads one line into v. Fields that v doesn't have are left out.
func decode(line json.RawMessage, v any) error {
	err := json.Unmarshal(line, v)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("%s: expected %s, not %s", wrong.Field, kindOf(wrong.Type), wrong.Value)
	}
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	return nil
}

// kindOf is what JSON calls a type.
func kindOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "array"
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "string"
	}
	return "number"
}
