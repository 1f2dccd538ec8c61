package bot

import (
	"fmt"
	"strings"

	"attache/digest"
)

// leftShown is how many articles are named of those left out for one reason.
const leftShown = 10

// Reasons says of each story of a digest why it is there.
func Reasons(d *digest.Digest) Message {
	e := edition{Digest: d, clock: clock{zoneNamed(d.Zone)}}
	blocks := []Block{{Kind: Heading, Title: "Why these"}}
	for i := range d.Stories {
		blocks = append(blocks, e.reasons(&d.Stories[i]))
	}
	return e.message(blocks)
}

// reasons says of a story why it is there.
func (e edition) reasons(s *digest.Story) Block {
	b := e.item(s)
	for _, why := range s.Why {
		l := counted(why)
		l.Bullet = true
		b.Lines = append(b.Lines, l)
	}
	return b
}

// Explained is [Reasons], and what was left out and why.
func Explained(d *digest.Digest) Message {
	m := Reasons(d)
	m.Blocks = append(m.Blocks, leftOut(d)...)
	return m
}

// leftOut lists what a digest does not tell, by reason.
func leftOut(d *digest.Digest) []Block {
	head := Block{Kind: Heading, Title: "Left out"}
	if len(d.LeftOut) == 0 {
		head.Lines = []Line{counted("Nothing.")}
	}
	for _, as := range []digest.Leaving{digest.Copy, digest.Replaced, digest.Told, digest.Muted, digest.NotFollowed, digest.Old} {
		var lines []Line
		n := 0
		for _, l := range d.LeftOut {
			if l.Leaving != as {
				continue
			}
			if n++; n <= leftShown {
				lines = append(lines, Line{Kind: Counted, Bullet: true, Text: fmt.Sprintf("%s, “%s”: %s", l.Outlet, l.Title, l.Why)})
			}
		}
		if n == 0 {
			continue
		}
		title := strings.ToUpper(string(as[:1])) + string(as[1:])
		head.Lines = append(head.Lines, Line{Kind: Counted, Label: title, Text: Plural(n, "article")})
		head.Lines = append(head.Lines, lines...)
		if n > leftShown {
			head.Lines = append(head.Lines, Line{Kind: Counted, Bullet: true, Text: fmt.Sprintf("and %d more", n-leftShown)})
		}
	}
	return []Block{head}
}
