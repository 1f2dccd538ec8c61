package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// What makes a copy. The share is that of the shorter text, so that a shortened
// copy counts as much as a whole one.
const (
	copyShare   = .62 // two texts that share so much are copies if nothing speaks against it
	resentShare = .50 // so, under one title within resentSpan
	sameShare   = .90 // so much is one text, whatever its beginning
	minRuns     = 9   // shorter texts must be the same, title and all
	resentSpan  = 48 * time.Hour
	fixSpan     = 18 * time.Hour      // within it an outlet that sends its text with another figure puts that right; later it reports anew
	copySpan    = 14 * 24 * time.Hour // what lies further apart must be the same text with the same figures
)

// likeness is what two texts have in common.
type likeness struct {
	share   float64 // of the shorter text's runs
	figures float64 // of the figures of the one that has fewer; 1 where one has none
	names   float64 // so, names
	changed int     // figures of the one that has fewer which the other lacks
	copied  bool
	anew    bool // the outlet's report of another day, in the same words
}

// compare tells whether two articles are copies of one text. Shared wording
// alone would fold the daily weather report, which is all template, and a new
// story that repeats the background of an old one; so figures, names and the
// beginning are asked too.
func compare(a, b *judged) likeness {
	pa, pb := a.print, b.print
	if pb.words < pa.words {
		pa, pb = pb, pa
	}
	if len(pa.runs) < minRuns {
		return compareShort(a, b)
	}
	l := likeness{
		share:   float64(common(pa.runs, pb.runs)) / float64(min(len(pa.runs), len(pb.runs))),
		figures: overlap(pa.figures, pb.figures),
		names:   overlap(pa.names, pb.names),
		changed: min(len(pa.figures), len(pb.figures)) - common(pa.figures, pb.figures),
	}
	apart, dated := a.apart(b)
	sameTitle := pa.title != 0 && pa.title == pb.title
	switch noted := bool(pa.note || pb.note); {
	case l.share < resentShare:
	case l.template(pa, pb) && !noted:
	case l.changed > 0 && !noted && sameOutlet(a.item, b.item) && dated && apart > fixSpan:
		l.anew = true
	case dated && apart > copySpan && !noted:
		l.copied = l.share >= sameShare && l.changed == 0
	case l.share >= sameShare:
		l.copied = true
	case sameTitle && dated && apart <= resentSpan && l.figures >= .8:
		l.copied = true
	case l.share >= copyShare:
		l.copied = sameTitle || begin(pa, pb)
	}
	return l
}

// template reports whether the figures or the names say that two texts with the
// same wording tell of different things.
func (l likeness) template(a, b *print) bool {
	figures, names := min(len(a.figures), len(b.figures)), min(len(a.names), len(b.names))
	if l.share >= sameShare {
		return figures >= 3 && l.figures < .5 || names >= 2 && l.names < .5
	}
	few := names < 3 || l.names < .75 // names that could vouch for the figures
	return figures >= 3 && (l.figures < .55 || few && l.figures < .7) || names >= 1 && l.names < .5
}

// begin reports whether one text has the beginning of the other, as a copy does,
// also a shortened one and one in a frame of another outlet's. Two texts that
// share only what stands below their beginnings share a background.
func begin(a, b *print) bool {
	return overlapOf(a.lead, b.runs) >= .3 || overlapOf(b.lead, a.runs) >= .3
}

// compareShort judges texts of a line or none: they must have all words in common.
func compareShort(a, b *judged) likeness {
	apart, dated := a.apart(b)
	pa, pb := a.print, b.print
	same := pa.title != 0 && pa.title == pb.title && pa.words == pb.words && slices.Equal(pa.runs, pb.runs)
	if !same || dated && apart > resentSpan {
		return likeness{}
	}
	return likeness{share: 1, figures: 1, names: 1, copied: true}
}

// overlap is the part of the smaller set that the other has, 1 where one is empty.
func overlap(a, b []uint32) float64 {
	n := min(len(a), len(b))
	if n == 0 {
		return 1
	}
	return float64(common(a, b)) / float64(n)
}

// overlapOf is the part of a that b has.
func overlapOf(a, b []uint32) float64 {
	if len(a) == 0 {
		return 0
	}
	return float64(common(a, b)) / float64(len(a))
}

// judged is an article with its print.
type judged struct {
	item  *Item
	print *print
}

func judge(it *Item) judged { return judged{it, newPrint(it)} }

// apart is the time between two publications, and whether both are known.
func (j *judged) apart(o *judged) (time.Duration, bool) {
	if j.item.Published.IsZero() || o.item.Published.IsZero() {
		return 0, false
	}
	return j.item.Published.Sub(o.item.Published).Abs(), true
}

// relate says how a newer article stands to an older one that has the same text.
func relate(newer, older *judged, l likeness) Copy {
	c := Copy{Of: older.item.ID, Relation: Reprint, Share: l.share}
	again := sameOutlet(newer.item, older.item)
	share := fmt.Sprintf("%.0f %% of the shorter text's word runs", 100*l.share)
	switch {
	case bool(newer.print.note) && !bool(older.print.note):
		c.Relation, c.Why = Correction, share+"; it says that it corrects"
	case bool(newer.print.note) && l.changed > 0:
		c.Relation, c.Why = Correction, share+"; it corrects once more"
	case again && l.changed > 0 && l.share >= copyShare:
		c.Relation, c.Why = Correction, fmt.Sprintf("%s; sent again by the same outlet with %d figures changed", share, l.changed)
		if l.changed == 1 {
			c.Why = share + "; sent again by the same outlet with a figure changed"
		}
	case again:
		c.Why = share + "; sent again by the same outlet"
	case credits(newer.item, older.item):
		c.Why = share + "; it names " + older.item.Outlet
	default:
		c.Why = share
	}
	return c
}

func sameOutlet(a, b *Item) bool {
	return a.Outlet != "" && strings.EqualFold(a.Outlet, b.Outlet)
}

// credits reports whether an article says that it comes from the other's outlet.
func credits(it, of *Item) bool { return it.Via != "" && strings.EqualFold(it.Via, of.Outlet) }

// original chooses, of the older articles that have the newer one's text, the
// one that it stands to. A correction stands to its own outlet's latest version;
// a reprint to the outlet that it credits, else to the text with the same
// figures, else to the earliest.
func original(newer *judged, older []judged, like []likeness) (Copy, bool) {
	best := -1
	for i := range older {
		if best < 0 || nearer(newer, &older[i], like[i], &older[best], like[best]) {
			best = i
		}
	}
	if best < 0 {
		return Copy{}, false
	}
	return relate(newer, &older[best], like[best]), true
}

func nearer(newer, a *judged, la likeness, b *judged, lb likeness) bool {
	own := func(j *judged) int {
		switch {
		case bool(newer.print.note) && strings.EqualFold(newer.item.Outlet, j.item.Outlet):
			return 2
		case credits(newer.item, j.item):
			return 1
		}
		return 0
	}
	if d := cmp.Compare(own(a), own(b)); d != 0 {
		return d > 0
	}
	if own(a) != 2 {
		if d := cmp.Compare(la.changed, lb.changed); d != 0 {
			return d < 0
		}
	}
	if d := a.item.Published.Compare(b.item.Published); d != 0 {
		if own(a) == 2 {
			return d > 0
		}
		return d < 0
	}
	return a.item.ID < b.item.ID
}
