package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"attache/sources"
	"attache/sources/feed"
)

// maxList is the longest list of feeds that is read, in bytes.
const maxList = 64 << 20

type importCommand struct {
	File   string `arg:"" help:"A list of feeds in OPML, or articles as JSON Lines; - for standard input."`
	Outlet string `placeholder:"NAME" help:"The outlet of articles whose line names none."`
}

// Help is printed under the command's flags.
func (importCommand) Help() string {
	return `Feeds are added to the archive's list of sources, and polled from the next
"attache gather" on; none is fetched now. Articles come one on a line,

  {"id":…,"url":…,"outlet":…,"title":…,"published":…,"text":…}

and are archived as backlog: a digest shows as new only those that were published
after the last one. Whatever was imported before and is the same changes nothing. A line that can't be read is told, with
its number, and the rest goes on.

Example:
  attache import subscriptions.opml
  attache import articles.jsonl`
}

// Run imports, and fails where nothing could be read.
func (c importCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	in, name := io.NopCloser(s.in), "standard input"
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return wrongUse("reading what is to be imported: %w", err)
		}
		in, name = file, c.File
	}
	p, err := g.open(ctx, s.now)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	defer func() { err = errors.Join(err, p.close(), in.Close()) }()
	r := bufio.NewReaderSize(in, 64<<10)
	if !isText(r) {
		return fmt.Errorf("%s is not text: expected a list of feeds in OPML, or articles as JSON Lines", name)
	}
	if isList(r) {
		return c.feeds(ctx, s, p, r, name)
	}
	return c.articles(ctx, s, p, r, name)
}

// isText reports whether what is to be read can be either: a list may be in an
// encoding that has zero bytes, all else has none.
func isText(r *bufio.Reader) bool {
	start, _ := r.Peek(1024)
	return isList(r) || bytes.IndexByte(start, 0) < 0
}

// isList reports whether what is to be read is XML, in any encoding; all else is
// taken for JSON Lines.
func isList(r *bufio.Reader) bool {
	start, _ := r.Peek(1024) // less of it is as good
	if bytes.HasPrefix(start, []byte{0xff, 0xfe}) || bytes.HasPrefix(start, []byte{0xfe, 0xff}) {
		return true
	}
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n\x00")
	return bytes.HasPrefix(start, []byte("<"))
}

func (c importCommand) feeds(ctx context.Context, s *streams, p *program, r io.Reader, name string) error {
	body, err := io.ReadAll(io.LimitReader(r, maxList+1))
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	if len(body) > maxList {
		return fmt.Errorf("%s is longer than %d MB: split it", name, maxList>>20)
	}
	list, err := feed.OPML(body)
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was added", name, err)
	}
	if len(list) == 0 {
		return fmt.Errorf("%s names no feeds: an outline that is one has an xmlUrl", name)
	}
	report, err := p.importFeeds(ctx, p.config, list)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, sum("feed", report.New, 0, report.Known, report.Wrong))
	tellWrong(s.err, name, report.Why, report.Wrong)
	if report.Wrong == len(list) {
		return fmt.Errorf("nothing in %s could be read", name)
	}
	return nil
}

func (c importCommand) articles(ctx context.Context, s *streams, p *program, r io.Reader, name string) error {
	l, err := p.listing(ctx, p.config)
	if err != nil {
		return err
	}
	var known []sources.Outlet
	for _, at := range l.outlets {
		known = append(known, l.all[at].outlet)
	}
	report, err := p.importArticles(ctx, r, strings.TrimSpace(c.Outlet), known, nil)
	read := report.New + report.Changed + report.Known
	if read+report.Wrong > 0 { // also of an import that was broken off
		fmt.Fprintln(s.out, sum("article", report.New, report.Changed, report.Known, report.Wrong))
		tellWrong(s.err, name, report.Why, report.Wrong)
		tellAside(s.err, report.Indexed)
	}
	if err != nil && read > 0 {
		return fmt.Errorf("importing %s: %w; it was not finished: run it again, and what is there is skipped", name, err)
	}
	if err != nil {
		return fmt.Errorf("importing %s: %w", name, err)
	}
	if read+report.Wrong == 0 {
		return fmt.Errorf("%s is empty", name)
	}
	if read == 0 {
		return fmt.Errorf("nothing in %s could be read", name)
	}
	return nil
}

// sum says what came: "4,812 feeds added, 188 known already, 3 lines not read".
func sum(noun string, fresh, changed, known, wrong int) string {
	parts := []string{several(fresh, noun) + " added"}
	if changed > 0 {
		parts = append(parts, thousands(changed)+" changed")
	}
	if known > 0 {
		parts = append(parts, thousands(known)+" known already")
	}
	if wrong > 0 {
		parts = append(parts, several(wrong, "line")+" not read")
	}
	return strings.Join(parts, ", ")
}

// tellWrong says why lines were not read: of the first, and how many more.
func tellWrong(w io.Writer, name string, why []error, all int) {
	for _, err := range why {
		fmt.Fprintf(w, "%s: %v\n", name, err)
	}
	if more := all - len(why); more > 0 {
		fmt.Fprintf(w, "%s: %s not read\n", name, several(more, "more line"))
	}
}

// several is a number with its noun: "1 feed", "4,812 feeds".
func several(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return thousands(n) + " " + noun
}

// thousands sets a number's digits in groups.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
