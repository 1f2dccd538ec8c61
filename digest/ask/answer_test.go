package ask

import (
	"cmp"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/story"
	"attache/digest/summary"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

// piece is an article of the tests' world, tagged by hand, so that these tests
// are about answers and not about tags.
type piece struct {
	key, outlet, at, title, text string
	actors, dyads, themes        string // parted by spaces
	story                        string
	copies, corrects             string // keys
}

var world = []piece{
	{key: "deal", outlet: "Harbour Ledger", at: "2026-11-12T08:00:00Z", title: "Armenia orders Indian radars",
		text:   "Armenia's defence ministry signed a contract for six radars with an Indian maker, the ministry said on Thursday. The contract is worth 90 million dollars, the ministry said. It gave no date.",
		actors: "ARM IND", dyads: "ARM-IND", themes: "arms-trade", story: "radars"},
	{key: "reprint", outlet: "Plateau Daily", at: "2026-11-12T10:00:00Z", title: "Armenia orders Indian radars",
		text:   "Armenia's defence ministry signed a contract for six radars with an Indian maker, the ministry said on Thursday. The contract is worth 90 million dollars, the ministry said.",
		actors: "ARM IND", dyads: "ARM-IND", themes: "arms-trade", story: "radars", copies: "deal"},
	{key: "price", outlet: "Monsoon Wire", at: "2026-11-13T09:00:00Z", title: "Radar deal with Armenia dearer than told",
		text:   "India will be paid 140 million dollars by Armenia for the radars, two officials told Monsoon Wire. The contract is worth 140 million dollars with training. A spokesman declined to comment.",
		actors: "IND ARM", dyads: "ARM-IND", themes: "arms-trade", story: "radars"},
	{key: "visit", outlet: "Harbour Ledger", at: "2026-11-17T12:00:00Z", title: "Indian minister in Yerevan",
		text:   "India's foreign minister arrived in Yerevan on Tuesday for talks with Armenia's government. \"We will open a trade office,\" Armenia's prime minister Arsen Vardanyan said. He did not say when.",
		actors: "IND ARM", dyads: "ARM-IND", themes: "diplomacy", story: "visit"},
	{key: "old", outlet: "Monsoon Wire", at: "2026-10-30T12:00:00Z", title: "Iran and Armenia open a bridge",
		text:   "Iran and Armenia opened a bridge over the Aras on Friday, Iran's roads ministry said.",
		actors: "IRN ARM", dyads: "ARM-IRN", themes: "transport-shipping", story: "bridge"},
	{key: "wrong", outlet: "Harbour Ledger", at: "2026-11-14T08:00:00Z", title: "Ferry Marduk sails with nine lorries",
		text:   "The ferry Marduk left Aktau with nine lorries on Saturday, port agents said. Kazakhstan runs the ferry.",
		actors: "KAZ", themes: "transport-shipping", story: "ferry"},
	{key: "right", outlet: "Harbour Ledger", at: "2026-11-15T08:00:00Z", title: "CORRECTED: Ferry Marduk sails with six lorries",
		text:   "The ferry Marduk left Aktau with six lorries on Saturday, port agents said. Kazakhstan runs the ferry.",
		actors: "KAZ", themes: "transport-shipping", story: "ferry", corrects: "wrong"},
	{key: "iran", outlet: "Plateau Daily", at: "2026-11-16T08:00:00Z", title: "Iran asks India for rail credit",
		text:   "Iran asked India for a credit to finish a railway, Iran's transport minister said on Monday.",
		actors: "IRN IND", dyads: "IND-IRN", themes: "transport-shipping economy", story: "rail"},
	{key: "dhow", outlet: "Harbour Ledger", at: "2026-11-14T06:00:00Z", title: "Oman opens a dhow yard",
		text:   "Oman opened a yard for dhows at Sur on Saturday, the harbour master said.",
		actors: "OMN", themes: "transport-shipping", story: "dhow"},
	{key: "echo", outlet: "Plateau Daily", at: "2026-11-14T09:00:00Z", title: "Dhows: a yard at Sur",
		text:   "OMAN opened a yard for dhows at Sur on Saturday, the harbour master said. It has room for ten.",
		actors: "OMN", themes: "transport-shipping", story: "echo"},
	{key: "both", outlet: "Plateau Daily", at: "2026-11-13T09:00:00Z", title: "Pearls on show in Sur",
		text:   "A show of pearls opened in Sur on Friday. Stalls from Brazil and from Chile stood beside each other.",
		actors: "BRA CHL", themes: "other", story: "pearls"},
}

// testWorld fills an archive with the world; names gives the articles' keys.
func testWorld(t testing.TB) (e *Engine, names map[int64]string) {
	t.Helper()
	ctx := t.Context()
	a, err := archive.Open(ctx, filepath.Join(t.TempDir(), "attache.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	for _, p := range world {
		keep(ctx, t, a, p)
	}
	found, err := a.Unindexed(ctx, "test", 100)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(found, func(x, y sources.Article) int { return cmp.Or(x.When().Compare(y.When()), cmp.Compare(x.ID, y.ID)) })
	names, ids, stories := map[int64]string{}, map[string]int64{}, map[string]int64{}
	for _, x := range found {
		p := world[slices.IndexFunc(world, func(p piece) bool { return strings.HasSuffix(x.URL, "/"+p.key) })]
		names[x.ID], ids[p.key] = p.key, x.ID
		got, err := a.Index(ctx, []archive.Indexed{indexed(p, x, ids, stories)})
		if err != nil {
			t.Fatal(err)
		}
		stories[p.story] = got[0]
	}
	c := actor.Load()
	return &Engine{Archive: a, Actors: c, Themes: theme.NewTagger(c)}, names
}

func keep(ctx context.Context, t testing.TB, a *archive.Archive, p piece) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, p.at)
	if err != nil {
		t.Fatal(err)
	}
	url := "https://news.example/" + p.key
	_, _, err = a.Keep(ctx, sources.Source{Name: p.outlet, Outlet: p.outlet, URL: "https://news.example/" + p.outlet, Kind: sources.Feed},
		sources.Outlet{Name: p.outlet}, sources.State{}, []sources.Found{{
			Article: sources.Article{URL: url, Outlet: p.outlet, Title: p.title, Text: p.text, Lang: "en",
				Published: text.Date{At: at}, Seen: at, Changed: at},
			Sighting: sources.Sighting{Source: p.outlet, GUID: p.key, URL: url, Seen: at},
		}})
	if err != nil {
		t.Fatal(err)
	}
}

func indexed(p piece, x sources.Article, ids, stories map[string]int64) archive.Indexed {
	in := archive.Indexed{Article: x.ID, Version: x.Version, Stamp: "test", Lang: "en", Story: stories[p.story], JoinWhy: "by hand"}
	for _, id := range strings.Fields(p.actors) {
		in.Actors = append(in.Actors, actor.About{Actor: id, Weight: 1, Why: "title: " + id})
		in.Mentioned = append(in.Mentioned, id)
	}
	for _, d := range strings.Fields(p.dyads) {
		pair, _ := actor.ParseDyad(d)
		in.Dyads = append(in.Dyads, actor.Acting{Dyad: pair, Weight: 1, Why: "they sign"})
	}
	for _, id := range strings.Fields(p.themes) {
		in.Themes = append(in.Themes, theme.Tag{Theme: id, Weight: 1, Why: "contract"})
	}
	if p.copies != "" {
		in.Copy = &story.Copy{Of: ids[p.copies], Relation: story.Reprint, Share: 1}
	}
	if p.corrects != "" {
		in.Copy = &story.Copy{Of: ids[p.corrects], Relation: story.Correction, Share: 1}
	}
	return in
}

// asked goes through the questions of a thread, and gives the last one's answer.
func asked(t *testing.T, e *Engine, questions ...string) *Answer {
	t.Helper()
	var a *Answer
	var before *Slots
	for _, q := range questions {
		a = answer(t, e, Question{Text: q, Before: before})
		before = &a.Head.Slots
	}
	return a
}

var leyla = Asker{Name: "Leyla", Now: time.Date(2026, 11, 18, 8, 0, 0, 0, time.UTC)}

// answer asks, and checks what must hold of every answer.
func answer(t *testing.T, e *Engine, q Question) *Answer {
	t.Helper()
	a, err := e.Answer(t.Context(), q, leyla)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	for _, l := range a.Lines {
		if l.Kind != Reported {
			continue
		}
		stored, err := e.Archive.Version(t.Context(), l.Sentence.Article, l.Sentence.Version)
		if err != nil {
			t.Fatal(err)
		}
		if err := summary.Verify(l.Sentence.Citation, stored.Text); err != nil {
			t.Errorf("%q: a sentence that is not stored: %v", q.Text, err)
		}
	}
	if _, err := json.Marshal(a); err != nil {
		t.Errorf("%q: %v", q.Text, err)
	}
	return a
}

// cited are the keys of what an answer rests on, in order.
func cited(a *Answer, names map[int64]string) string {
	var out []string
	for _, s := range a.Sources {
		out = append(out, names[s.Article])
	}
	return strings.Join(out, " ")
}

func TestAnswers(t *testing.T) {
	e, names := testWorld(t)
	for q, want := range map[string]string{
		"latest on Armenia–India":                           "visit price deal", // newest first, the copy folded
		"Armenia–India on arms sales":                       "price deal",
		"Armenia–India since Monday":                        "visit",
		"Armenia–Iran":                                      "", // nothing within seven days
		"Armenia–Iran in October":                           "old",
		"India–Kazakhstan":                                  "",
		"what did Monsoon Wire say on Armenia–India?":       "price",
		"how much are the radars worth?":                    "deal price",
		"what became of the Marduk?":                        "right",
		"any news of the Bosphorus?":                        "",
		"has anything been corrected?":                      "right",
		"what happened on 16 November?":                     "iran",
		"how many reports on Armenia–India are there?":      "visit price deal",
		"timeline of Armenia–India":                         "deal price visit",
		"what did Arsen Vardanyan say?":                     "visit",
		"what did Gazette of Nowhere say on Armenia–India?": "",
		"India and transport":                               "iran",
	} {
		if got := cited(answer(t, e, Question{Text: q}), names); got != want {
			t.Errorf("%q: cited %q, want %q", q, got, want)
		}
	}
}

func TestLatestSaysWhatIsNewest(t *testing.T) {
	e, _ := testWorld(t)
	a := answer(t, e, Question{Text: "latest on Armenia–India"})
	if a.Lines[0].Label != "Newest" || a.Lines[1].Label != "Most origins" {
		t.Errorf("labels %q, %q", a.Lines[0].Label, a.Lines[1].Label)
	}
	most := a.Lines[1]
	if most.Origins != 2 || most.Outlets != 3 {
		t.Errorf("%d origins (%d outlets), want 2 (3)", most.Origins, most.Outlets)
	}
	if len(most.Figures) == 0 {
		t.Error("the two prices are not set against each other")
	}
	s := a.Searched
	if s.Stories != 2 || s.Articles != 4 || s.Copies != 1 || s.Sources != 3 {
		t.Errorf("searched %+v", s)
	}
	if !a.Head.NoneNamed || a.Head.Period.End.Sub(a.Head.Period.Start) != 7*24*time.Hour || !slices.Contains(a.Offers, OfferMonth) {
		t.Errorf("no period named: %+v, offers %v", a.Head.Period, a.Offers)
	}
}

func TestASentenceIsSaidOnce(t *testing.T) {
	e, names := testWorld(t)
	for _, q := range []string{"latest on Oman", "who said what on Oman?", "timeline of Oman"} {
		a := answer(t, e, Question{Text: q})
		said := 0
		for _, l := range a.Lines {
			if strings.Contains(strings.ToLower(l.Sentence.Text), "oman opened a yard") {
				said++
			}
		}
		if said != 1 {
			t.Errorf("%s: the sentence stands %d times in the answer: %s", q, said, cited(a, names))
		}
	}
}

func TestAReprintNamesWhatItReprints(t *testing.T) {
	e, names := testWorld(t)
	a := answer(t, e, Question{Text: "what did Plateau Daily say on Armenia–India?"})
	if cited(a, names) != "reprint" || !slices.Equal(a.Lines[0].Marks, []string{"reprint of Harbour Ledger"}) || !slices.Equal(a.Sources[0].Marks, a.Lines[0].Marks) {
		t.Errorf("%s: marks %q, of its source %q", cited(a, names), a.Lines[0].Marks, a.Sources[0].Marks)
	}
}

func TestNothingFoundSaysWhatWasSearched(t *testing.T) {
	e, _ := testWorld(t)
	a := answer(t, e, Question{Text: "Armenia–Iran"})
	s := a.Searched
	if a.Answered() || s.LastBefore.Format(time.DateOnly) != "2026-10-30" || s.BeforeFits != 1 || s.Newest.IsZero() {
		t.Errorf("%d lines, searched %+v", len(a.Lines), s)
	}
	if !slices.Contains(a.Offers, OfferMonth) || !slices.Contains(a.Offers, OfferFollow) {
		t.Errorf("offers %v", a.Offers)
	}
}

func TestRefusedAndUnknownSearchNothing(t *testing.T) {
	e, _ := testWorld(t)
	for q, want := range map[string]Status{
		"tell me a joke":                Refuse,
		"will India attack Armenia?":    Refuse,
		"latest on Zembla–Armenia":      Unknown,
		"latest on Korea":               Clarify,
		"what is new in Georgia?":       Clarify,
		"latest on Armenia–Indai, pls?": OK,
	} {
		a := answer(t, e, Question{Text: q})
		if a.Head.Status != want {
			t.Errorf("%q: %s, want %s", q, a.Head.Status, want)
		}
		if want != OK && a.Answered() {
			t.Errorf("%q: %d lines", q, len(a.Lines))
		}
	}
}

func TestWhoSaidNamesSpeakers(t *testing.T) {
	e, _ := testWorld(t)
	a := answer(t, e, Question{Text: "who said what on Armenia–India?"})
	var labels []string
	for _, l := range a.Lines {
		labels = append(labels, l.Label)
	}
	for _, want := range []string{"two officials", "Vardanyan", "ministry"} {
		if !slices.ContainsFunc(labels, func(l string) bool { return strings.Contains(strings.ToLower(l), strings.ToLower(want)) }) {
			t.Errorf("speakers %q: %q is missing", labels, want)
		}
	}
}

// What a state or its body said is only what it said; where it said nothing,
// nothing else stands for it.
func TestOnlyTheAskedSpeakerSpeaks(t *testing.T) {
	e, names := testWorld(t)
	for q, want := range map[string]string{
		"what did Armenia's defence ministry say?":      "deal",
		"what did India's defence ministry say?":        "",
		"what did Iran say on Monday?":                  "iran",
		"what did the defence ministry of Armenia say?": "deal",
		"what did India say about Iran?":                "",
		"what is Oman's position?":                      "",
	} {
		a := answer(t, e, Question{Text: q})
		if a.Head.Asked.Speaker == nil {
			t.Errorf("%s: no speaker is asked for: %+v", q, a.Head.Asked)
			continue
		}
		if got := cited(a, names); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
	for q, want := range map[string]string{"what did Arsen Vardanyan say?": "visit", "what did Tigran Vardanyan say?": "", "what did Vardanyan say?": "visit"} {
		if got := cited(answer(t, e, Question{Text: q}), names); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
	for _, q := range []string{"who said what on Armenia–India?", "what was said about Iran?", "what did Armenia and India say?"} {
		if s := e.Understand(Question{Text: q}, leyla).Slots.Speaker; s != nil {
			t.Errorf("%s: the speaker is %+v", q, *s)
		}
	}
}

func TestWhyGivesTheReasonsOfTheTags(t *testing.T) {
	e, _ := testWorld(t)
	first := answer(t, e, Question{Text: "latest on Armenia–India"})
	a := answer(t, e, Question{Text: "why?", Before: &first.Head.Slots})
	if len(a.Lines) == 0 || a.Lines[0].Kind != Counted || !strings.Contains(a.Lines[0].Text, "they sign") {
		t.Errorf("lines %+v", a.Lines)
	}
}

// Only a question that asks why is answered with the reasons of what was shown.
func TestWhyIsOfItsQuestion(t *testing.T) {
	e, _ := testWorld(t)
	a := asked(t, e, "Armenia–India on arms sales", "why?", "since 10 November")
	if a.Head.Slots.Mode != Why || a.Head.Asked.Mode != Latest {
		t.Errorf("kept %s, answered as %s; want %s, %s", a.Head.Slots.Mode, a.Head.Asked.Mode, Why, Latest)
	}
	if len(a.Lines) == 0 || a.Lines[0].Kind != Reported {
		t.Errorf("%d lines, the first no sentence", len(a.Lines))
	}
}

// A place in a state narrows what is said of the state to what names it, as far
// as something does.
func TestPlacesNarrow(t *testing.T) {
	e, names := testWorld(t)
	a := asked(t, e, "latest on Kazakhstan")
	if got := cited(a, names); got != "right" {
		t.Fatalf("cited %q", got)
	}
	a = asked(t, e, "news from Aktau")
	if got := cited(a, names); got != "right" || !slices.Equal(a.Head.Slots.Actors, []string{"KAZ"}) || !slices.Equal(a.Head.Slots.Places, []string{"Aktau"}) {
		t.Errorf("cited %q, slots %+v", got, a.Head.Slots)
	}
	a = asked(t, e, "news from Almaty")
	if got := a.Searched.NotPlaces; !slices.Equal(got, []string{"Almaty"}) {
		t.Errorf("a place that nothing names: told %q", got)
	}
	a = asked(t, e, "news from Aktau", "and since Sunday?")
	if got := a.Head.Slots.Places; !slices.Equal(got, []string{"Aktau"}) {
		t.Errorf("a follow-up keeps %q", got)
	}
	a = asked(t, e, "news from Aktau", "latest on India")
	if got := a.Head.Slots.Places; len(got) > 0 {
		t.Errorf("another actor keeps the place %q", got)
	}
}

// Words that nothing has are said once, and are no longer the thread's.
func TestAbsentWordsAreLetGo(t *testing.T) {
	e, names := testWorld(t)
	a := asked(t, e, "Armenia–India radars asap")
	if got := cited(a, names); got != "deal price" && got != "price deal" {
		t.Errorf("cited %q", got)
	}
	if !slices.Equal(a.Searched.NotWords, []string{"asap"}) || slices.Contains(a.Head.Asked.Words, "asap") {
		t.Errorf("told %q, asked %q", a.Searched.NotWords, a.Head.Asked.Words)
	}
	a = asked(t, e, "Armenia–India radars asap", "timeline?")
	if got := a.Head.Slots.Words; !slices.Equal(got, []string{"radars"}) {
		t.Errorf("the thread keeps %q", got)
	}
	a = asked(t, e, "Armenia–India radars", "anything on Zemblan radars?")
	if got := a.Head; got.Status != Unknown || len(got.Misread) != 1 || got.Misread[0].Typed != "Zemblan" || !slices.Equal(got.Slots.Words, []string{"radars"}) {
		t.Errorf("a name that nothing has: %+v", got)
	}
}

func TestOutletWithoutItsArticle(t *testing.T) {
	for name, want := range map[string][]string{
		"Haifa Courier":     {"Haifa Courier", "The Haifa Courier"},
		"the Haifa Courier": {"Haifa Courier", "The Haifa Courier"},
		"Əks":               {"Əks", "The Əks"},
	} {
		if got := withArticle([]string{name}); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestCompareCountsTwoPairs(t *testing.T) {
	e, _ := testWorld(t)
	a := answer(t, e, Question{Text: "compare Armenia–India with India–Iran"})
	rows := map[string]string{}
	for _, l := range a.Lines {
		rows[l.Label] = l.Text
	}
	for label, want := range map[string]string{"Articles": "4 (too new for a usual) · 1 (too new for a usual)", "Stories": "2 · 1", "Origins": "3 · 1", "In both": "0 stories"} {
		if rows[label] != want {
			t.Errorf("%s: %q, want %q", label, rows[label], want)
		}
	}
}

func TestStoriesByTheirNumbers(t *testing.T) {
	e, names := testWorld(t)
	first := answer(t, e, Question{Text: "latest on Armenia–India"})
	about := []Referent{{Name: "3.1", Story: first.Lines[1].Story}}
	a := answer(t, e, Question{Text: "timeline of 3.1", About: about})
	if got := cited(a, names); got != "deal price" {
		t.Errorf("cited %q", got)
	}
}

func TestFailingSourceIsNamed(t *testing.T) {
	e, _ := testWorld(t)
	since := leyla.Now.Add(-3 * time.Hour)
	_, _, err := e.Archive.Keep(t.Context(), sources.Source{Name: "Monsoon Wire", Outlet: "Monsoon Wire", URL: "https://news.example/Monsoon Wire", Kind: sources.Feed},
		sources.Outlet{Name: "Monsoon Wire"}, sources.State{FailingSince: since, Failures: 3, Trouble: "503"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := answer(t, e, Question{Text: "latest on Armenia–India"})
	if n := a.Searched.NotRead; len(n) != 1 || n[0].Outlet != "Monsoon Wire" || !n[0].Since.Equal(since) {
		t.Errorf("not read: %+v", n)
	}
}

func TestRankHasNoDefaultPeriod(t *testing.T) {
	e, names := testWorld(t)
	r, err := e.Rank(t.Context(), Question{Text: "Armenia–Iran bridge"}, leyla, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Ranked) == 0 || names[r.Ranked[0]] != "old" || r.Abstain {
		t.Errorf("ranked %v, abstains: %v", r.Ranked, r.Abstain)
	}
	none, err := e.Rank(t.Context(), Question{Text: "nickel exports of Indonesia"}, leyla, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !none.Abstain || none.Confidence >= r.Confidence || len(none.Cited) > 0 {
		t.Errorf("confidence %.2f against %.2f, cited %v", none.Confidence, r.Confidence, none.Cited)
	}
}

func TestEndedContextIsAnError(t *testing.T) {
	e, _ := testWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Answer(ctx, Question{Text: "latest on India"}, leyla); err == nil {
		t.Error("an answer without an archive")
	}
}
