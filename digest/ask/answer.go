package ask

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"attache/digest/archive"
	"attache/digest/story"
	"attache/sources"
)

// shown is how many lines an answer has, where there are as many.
const shown = 5

// Answer is what the archive has to say to a question.
type Answer struct {
	Head     Head     `json:"head"`
	Lines    []Line   `json:"lines"`
	Sources  []Source `json:"sources,omitempty"` // in the order in which they are first cited
	Searched Searched `json:"searched"`
	Offers   []string `json:"offers,omitempty"`

	judge func() []Judged
}

// Searches reports whether anything was searched: not for a refusal, nor for a
// doubt without a likeliest reading.
func (a *Answer) Searches() bool { return a.Head.Asked.Mode != "" }

// Judged tells of the sentences of the articles that fit best why each was
// quoted or left out.
func (a *Answer) Judged() []Judged {
	if a.judge == nil {
		return nil
	}
	return a.judge()
}

// Answered reports whether the answer has something to say.
func (a *Answer) Answered() bool { return len(a.Lines) > 0 }

// Answer searches the archive for what a question asks. A question that names
// no period is answered over seven days; it is never widened. An error is the
// archive's or the context's.
func (e *Engine) Answer(ctx context.Context, question Question, who Asker) (*Answer, error) {
	known, done, err := e.studies.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	names, err := e.outletNames(ctx)
	if err != nil {
		return nil, err
	}
	u := e.understand(question, who, names)
	a := &Answer{Head: Head{Understanding: u, Asker: who.Name}, Lines: []Line{}}
	slots := u.Slots
	switch {
	case u.Status == Refuse || u.Status == Unknown:
		return a, nil
	case u.Status == Clarify:
		best, ok := likeliest(u.Doubts[0], slots, who)
		if !ok {
			return a, nil
		}
		slots = best
		slots.Dyad = e.dyad(slots.Actors)
	}
	slots = speaksAsOutlet(slots, names)
	if slots.Mode == Why && slices.Contains(u.Inherited, "mode") {
		slots.Mode = Latest // what is asked now is not why
	}
	slots = e.withoutBody(slots)
	held, err := e.Archive.Held(ctx)
	if err != nil {
		return nil, err
	}
	q := &inquiry{Engine: e, Archive: held, who: who, slots: slots, stems: known, limit: poolSize}
	if q.comparesActors() {
		q.slots.Dyad = nil
	}
	slots = q.slots
	a.Head.Asked = slots
	q.narrow(question.Within)
	if q.held != nil {
		a.Head.Within = q.held.Name
	}
	q.period = q.searchPeriod(a)
	q.terms = q.stems.terms(slots.Words, 1, nil, filler())
	q.terms = q.stems.terms(slots.Persons, 1, q.terms, filler())
	free := len(q.terms)
	for _, p := range slots.Places {
		q.terms = q.stems.terms(foldedWords(p), 1, q.terms, filler())
	}
	for i := range q.terms[free:] {
		q.terms[free+i].slot = true
	}
	if question.Before != nil && len(slots.Words) > 0 {
		q.terms = q.stems.terms(question.Before.Words, 0.3, q.terms, filler())
	}
	entries, err := q.gather(ctx)
	if err != nil {
		return nil, err
	}
	f := &findings{inquiry: q, answer: a, whole: question.whole()}
	if len(slots.Stories)+len(slots.Articles) == 0 {
		f.skip = slots.Shown
	}
	a.judge = f.judged
	if err := f.read(ctx, entries); err != nil {
		return nil, err
	}
	if unknown, err := f.unknownWords(ctx, question); unknown || err != nil {
		return a, err
	}
	if err := f.write(ctx, question); err != nil {
		return nil, err
	}
	return a, f.account(ctx)
}

// likeliest is the reading of a doubt that is answered below it: the only actor
// of the name, or the one that the asker's desk follows.
func likeliest(d Doubt, s Slots, who Asker) (Slots, bool) {
	if s.Pending == nil || d.Outlets {
		return s, false
	}
	best := s.Pending.Slots
	if len(d.Actors) == 1 {
		best.Actors = append(slices.Clone(best.Actors), d.Actors[0])
		return best, true
	}
	for _, id := range d.Actors {
		if slices.Contains(who.Follows, id) {
			best.Actors = append(slices.Clone(best.Actors), id)
			return best, true
		}
	}
	return best, false
}

// speaksAsOutlet takes for a person's the only outlet of a question that nothing
// is by, where its name could be either's: "what did Arsen Vardanyan say".
func speaksAsOutlet(s Slots, archive map[string][]outletName) Slots {
	if s.Mode != WhoSaid || len(s.Outlets) != 1 || len(s.Persons) > 0 {
		return s
	}
	r := &reading{text: s.Outlets[0], toks: tokens(s.Outlets[0]), fold: foldedWords(s.Outlets[0])}
	if len(r.fold) != len(r.toks) || len(r.fold) == 0 {
		return s
	}
	r.roles = make([]role, len(r.toks))
	known := r.outletAt(0, archive[r.fold[0]]) + r.outletAt(0, knownOutlets()[r.fold[0]])
	if known > 0 || outletEnds()[r.fold[len(r.fold)-1]] || r.soundsLikeOutlet(0, len(r.fold)) {
		return s
	}
	s.Persons, s.Outlets = s.Outlets, nil
	return s
}

// searchPeriod is the named period, or seven days; a story that is asked for by
// its number is looked at whole.
func (q *inquiry) searchPeriod(a *Answer) Period {
	switch {
	case q.slots.Period != nil && q.slots.Versus != nil:
		a.Head.Period = hull(*q.slots.Period, *q.slots.Versus)
	case q.slots.Period != nil:
		a.Head.Period = *q.slots.Period
	case len(q.slots.Stories)+len(q.slots.Articles) > 0:
		a.Head.NoneNamed = true
	default:
		a.Head.NoneNamed = true
		a.Head.Period = week(q.who.now())
	}
	return a.Head.Period
}

// hull is the shortest period that holds both.
func hull(a, b Period) Period {
	if b.Start.IsZero() || !a.Start.IsZero() && b.Start.Before(a.Start) {
		a.Start = b.Start
	}
	if b.End.IsZero() || !a.End.IsZero() && b.End.After(a.End) {
		a.End = b.End
	}
	return a
}

func (e *Engine) outletNames(ctx context.Context) (map[string][]outletName, error) {
	if e.Archive == nil {
		return nil, nil
	}
	outlets, err := e.Archive.Outlets(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the outlets: %w", err)
	}
	names := make([]string, 0, len(outlets))
	for _, o := range outlets {
		if name := o.Name; len(foldedWords(name)) == 1 {
			names = append(names, "="+name)
		} else {
			names = append(names, name)
		}
	}
	return outletIndex(names), nil
}

// findings are the articles that fit a question, folded into stories, on their
// way to become an answer.
type findings struct {
	*inquiry
	answer  *Answer
	kept    []candidate // what fits, best first
	fit     []candidate // of it, without copies and what was corrected
	all     int         // with copies
	named   int
	stories []*told // best first
	loaded  map[int64]*told
	beside  []candidate // that don't fit themselves and are cited beside what does

	skip       int  // stories that were shown before
	paged      bool // further stories can be asked for
	whole      bool // all is asked for of what answers have only some of
	sourceless bool // all was imported
}

// told is a story, as far as it answers the question.
type told struct {
	id      int64
	fit     []candidate // best first
	newest  time.Time   // of these
	entries []archive.Entry
	origins []story.Origin
	outlets int
	score   float64
}

// read weighs what was gathered, folds copies into what they copy and takes a
// corrected article for its correction, and reads the stories.
func (f *findings) read(ctx context.Context, entries []archive.Entry) error {
	pool := f.weigh(entries)
	kept, beside := f.inquiry.fit(pool)
	beside = f.fitWords(f.fitTopic(f.fitPlaces(beside)))
	if f.slots.Together {
		kept, beside = beside, nil
	}
	f.kept, f.all = kept, len(kept)
	kept = f.unfold(slices.Clone(kept))
	f.named = len(f.unfold(beside))
	f.fit = kept
	f.passOver(pool)
	byID := map[int64]*told{}
	for _, c := range kept {
		t := byID[c.Story]
		if t == nil {
			t = &told{id: c.Story}
			byID[c.Story] = t
			f.stories = append(f.stories, t)
		}
		t.fit = append(t.fit, c)
		t.score = max(t.score, c.score)
		if c.At.After(t.newest) {
			t.newest = c.At
		}
	}
	f.loaded = byID
	return f.readOrigins(ctx, byID)
}

// passOver lets go, of an answer and of its thread, words that nothing found has:
// they ask for something else, or for nothing, and would be said in every answer
// that follows. A name stays, as its absence is an answer. A place that nothing
// names is said.
func (f *findings) passOver(pool []candidate) {
	if len(f.fit) == 0 || len(f.slots.Stories)+len(f.slots.Articles) > 0 {
		return
	}
	if s := f.slots; !slices.ContainsFunc(f.fit, f.hasPlace) {
		f.answer.Searched.NotPlaces = s.Places
	}
	absent := func(w string) bool {
		r, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsUpper(r) && !slices.ContainsFunc(foldedWords(w), func(part string) bool {
			return slices.ContainsFunc(pool, func(c candidate) bool { return c.times(f.stems.of(part, c.Lang)) > 0 })
		})
	}
	head := &f.answer.Head
	for _, w := range f.slots.Words {
		if absent(w) {
			f.answer.Searched.NotWords = append(f.answer.Searched.NotWords, w)
		}
	}
	head.Asked.Words = slices.DeleteFunc(slices.Clone(head.Asked.Words), absent)
	head.Slots.Words = slices.DeleteFunc(slices.Clone(head.Slots.Words), absent)
}

// unfold drops copies whose original is there, and what was corrected where the
// correction is.
func (f *findings) unfold(kept []candidate) []candidate {
	have := map[int64]bool{}
	for _, c := range kept {
		have[c.ID] = true
	}
	return slices.DeleteFunc(kept, func(c candidate) bool {
		switch {
		case c.CorrectedBy != 0:
			return have[c.CorrectedBy]
		case c.Relation == story.Reprint:
			return have[c.CopyOf]
		}
		return false
	})
}

// readOrigins counts who first published each story, over all of its articles.
func (f *findings) readOrigins(ctx context.Context, byID map[int64]*told) error {
	var ids []int64
	for _, t := range f.stories {
		ids = append(ids, t.id)
	}
	entries, err := f.Archive.At(f.who.Now).StoryEntries(ctx, ids)
	if err != nil {
		return fmt.Errorf("read the stories: %w", err)
	}
	for id, t := range byID {
		t.entries = entries[id]
		if len(t.entries) == 0 {
			for _, c := range t.fit {
				t.entries = append(t.entries, c.Entry)
			}
		}
		t.origins, t.outlets = originsOf(t.entries)
	}
	return nil
}

// originsOf tells who first published the articles, and how many outlets have them.
func originsOf(entries []archive.Entry) ([]story.Origin, int) {
	items := make([]story.Item, 0, len(entries))
	copyOf := map[int64]int64{}
	outlets := map[string]bool{}
	for _, e := range entries {
		items = append(items, story.Item{ID: e.ID, Story: e.Story, Outlet: e.Outlet, Via: e.Via, Published: e.At, Title: e.Title, Text: e.Text})
		if e.CopyOf != 0 {
			copyOf[e.ID] = e.CopyOf
		}
		outlets[e.Outlet] = true
	}
	return story.Origins(items, copyOf), len(outlets)
}

// marks are what a reader must know of an article beside its outlet.
func (f *findings) marks(e archive.Entry) []string {
	var out []string
	if e.Lang != "" && e.Lang != "en" {
		out = append(out, "lang:"+e.Lang)
	}
	if e.Partial != sources.Whole {
		out = append(out, string(e.Partial)+" (summary only)")
	}
	if e.Publisher.StateLinked {
		out = append(out, "state-linked")
	}
	if from := f.reprinted(e); from != "" {
		out = append(out, "reprint of "+from)
	}
	if e.Relation == story.Correction {
		out = append(out, "correction")
	}
	if e.CorrectedBy != 0 {
		out = append(out, "corrected since")
	}
	return out
}

// reprinted is the outlet whose article this one reprints: what it says itself,
// else that of the article whose text it has; empty for a text of its own.
func (f *findings) reprinted(e archive.Entry) string {
	if e.Via != "" || e.Relation != story.Reprint || f.loaded[e.Story] == nil {
		return e.Via
	}
	for _, o := range f.loaded[e.Story].entries {
		if o.ID == e.CopyOf && !sameName(o.Outlet, e.Outlet) {
			return o.Outlet
		}
	}
	return ""
}
