package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/theme"
)

// What a report may say is wrong; "lift" takes back what one changed.
const (
	wrongGroup  = "wrong group"
	wrongTag    = "wrong tag"
	notRelevant = "not relevant"
	missing     = "missing"
	liftReport  = "lift"
)

// citedArticle is an article as a report names it: [5] of a thread, or #412 by its
// id in the archive, as buttons do.
var citedArticle = regexp.MustCompile(`\[(\d{1,5})\]|#(\d{1,18})\b`)

// report takes what is wrong with an edition, and applies it where the person may
// change the desk.
func (k *keeper) report(ctx context.Context, o order, line string) (done, error) {
	if !o.Desk.admits(o.Person, o.Place) {
		return o.tell(o.elsewhere()), nil
	}
	kind, rest := readReport(line)
	if kind == "" {
		return o.tell("Nothing was reported: expected what is wrong, as in /attache report wrong group [5], wrong tag energy [5], not relevant 12.4, missing URL."), nil
	}
	switch kind {
	case notRelevant:
		return k.reportIrrelevant(ctx, o, rest)
	case missing:
		return k.reportMissing(ctx, o, rest)
	}
	article, about := o.article(rest)
	if article == 0 {
		return k.askWhich(ctx, o, kind, rest)
	}
	switch kind {
	case wrongGroup:
		return k.setApart(ctx, o, article)
	case wrongTag:
		return k.untag(ctx, o, article, about)
	}
	return k.lift(ctx, o, article)
}

// reportKinds are what a report begins with.
func reportKinds() []string { return []string{wrongGroup, wrongTag, notRelevant, missing, liftReport} }

// readReport parts a report in what is wrong and the rest, whichever of that and the
// number comes first; empty where it doesn't say what is wrong.
func readReport(line string) (kind, rest string) {
	if first, after := firstWord(line); isNumber(first) {
		line = after + " " + first
	}
	for _, kind := range reportKinds() {
		if hasWords(line, kind) {
			return kind, strings.TrimSpace(line[len(kind):])
		}
	}
	return "", ""
}

// isNumber reports whether a word is the number of a story or an article.
func isNumber(word string) bool {
	return word != "" && (storyNumber.FindString(word) == word || citedArticle.FindString(word) == word)
}

// hasWords reports whether a line begins with words.
func hasWords(line, words string) bool {
	return len(line) >= len(words) && strings.EqualFold(line[:len(words)], words) && (len(line) == len(words) || line[len(words)] == ' ')
}

// article finds the article that a report names, 0 for none, and what else it says.
func (o order) article(s string) (id int64, rest string) {
	at := citedArticle.FindStringSubmatchIndex(s)
	if at == nil {
		return 0, s
	}
	rest = strings.TrimSpace(s[:at[0]] + " " + s[at[1]:])
	if at[4] >= 0 {
		id, _ = strconv.ParseInt(s[at[4]:at[5]], 10, 64) // at most 18 digits
		return id, rest
	}
	n, _ := strconv.Atoi(s[at[2]:at[3]]) // at most five
	if id = o.Cited[n]; id == 0 && o.Cited == nil && o.About != nil && n >= 1 && n <= len(o.About.Cited) {
		id = o.About.Cited[n-1].Article
	}
	return id, rest
}

// cited names an article as the thread does, or by its outlet and title.
func (k *keeper) cited(ctx context.Context, o order, article int64) (string, error) {
	for n, id := range o.Cited {
		if id == article {
			return fmt.Sprintf("[%d]", n), nil
		}
	}
	es, err := k.Archive.Entries(ctx, []int64{article})
	if err != nil || len(es) == 0 {
		return "", err
	}
	return fmt.Sprintf("%s, “%s”", es[0].Outlet, es[0].Title), nil
}

// askWhich asks which article of a story a report is about. Where it names a tag that
// one article alone has, it is about that one.
func (k *keeper) askWhich(ctx context.Context, o order, kind, rest string) (done, error) {
	ref := storyNumber.FindString(rest)
	id, err := k.storyNamed(ctx, o, ref)
	if err != nil {
		return done{}, err
	}
	if id == 0 {
		return o.tell(fmt.Sprintf("Nothing was reported: expected an article by its number, as in /attache report %s [5].", kind)), nil
	}
	stories, err := k.Archive.StoryEntries(ctx, []int64{id})
	if err != nil {
		return done{}, err
	}
	var entries []archive.Entry
	for _, es := range stories {
		entries = append(entries, es...)
	}
	d := o.tell(fmt.Sprintf("%s in %s: which article?", kind, ref))
	if kind == wrongTag {
		if tag := strings.TrimSpace(strings.Replace(rest, ref, "", 1)); tag != "" {
			return k.tagWhere(ctx, o, entries, ref, tag)
		}
		for i := range entries {
			k.offerTags(&d, o, &entries[i])
		}
		return d, nil
	}
	for i := range entries {
		e := &entries[i]
		d.act(o, fmt.Sprintf("%s, %s", e.Outlet, o.clock().minute(e.When())), fmt.Sprintf("report %s #%d", kind, e.ID))
	}
	return d, nil
}

// tagWhere takes a tag away from the only article of a story that has it, or asks
// which of several it is wrong of.
func (k *keeper) tagWhere(ctx context.Context, o order, entries []archive.Entry, ref, tag string) (done, error) {
	s, err := digest.ResolveSubject(k.Actors, nil, tag)
	if err != nil {
		return o.tell(unknownName(err)), nil
	}
	var tagged []*archive.Entry
	for i := range entries {
		verdicts, err := k.Builder.Untag(ctx, entries[i].ID, tagsOf(s))
		if err != nil {
			return done{}, err
		}
		if len(verdicts) > 0 {
			tagged = append(tagged, &entries[i])
		}
	}
	switch len(tagged) {
	case 0:
		return o.tell(fmt.Sprintf("Nothing was changed: %s is not about %s.", ref, s.Name)), nil
	case 1:
		return k.untag(ctx, o, tagged[0].ID, tag)
	}
	d := o.tell(fmt.Sprintf("%s %s in %s: which article?", wrongTag, s.Name, ref))
	for _, e := range tagged {
		d.act(o, fmt.Sprintf("%s, %s", e.Outlet, o.clock().minute(e.When())), fmt.Sprintf("report %s %s #%d", wrongTag, tag, e.ID))
	}
	return d, nil
}

// offerTags offers to take each tag of an article away.
func (k *keeper) offerTags(d *done, o order, e *archive.Entry) {
	for _, t := range e.Themes {
		d.act(o, fmt.Sprintf("%s: %s", e.Outlet, themeLabel(t.Theme)), fmt.Sprintf("report %s %s #%d", wrongTag, t.Theme, e.ID))
	}
	for _, a := range e.Actors {
		d.act(o, fmt.Sprintf("%s: %s", e.Outlet, k.Actors.Name(a.Actor)), fmt.Sprintf("report %s %s #%d", wrongTag, a.Actor, e.ID))
	}
}

// themeLabel is the name of a theme.
func themeLabel(id string) string {
	if t, ok := theme.Lookup(id); ok {
		return t.Name
	}
	return id
}

// storyNamed is story for a number that may be none.
func (k *keeper) storyNamed(ctx context.Context, o order, ref string) (int64, error) {
	if ref == "" {
		return 0, nil
	}
	return k.story(ctx, o, ref)
}

// act offers an order on the desk as a button.
func (d *done) act(o order, label, with string) {
	a := Action{Label: label, Do: doOrder, On: o.Desk.Name, With: with}
	if a.fits() && len(d.Message.Actions) < mostStoryButtons {
		d.Message.Actions = append(d.Message.Actions, a)
	}
}

// waits keeps a report of one who may not change the desk until one who may
// applies it. One that waits already is told to nobody again.
func (k *keeper) waits(ctx context.Context, o order, name string, c Change) (done, error) {
	c.Kind = Feedback
	if known, err := k.waiting(ctx, o.Desk.Name, c); err != nil || known {
		return o.tell(fmt.Sprintf("Reported already: %s, %s. It changes nothing until %s.", c.Text, name, o.Desk.approval())), err
	}
	d := o.tell(fmt.Sprintf("Recorded: %s, %s. It changes nothing until %s.", c.Text, name, o.Desk.approval()))
	d.Changes = append(d.Changes, o.change(c))
	d.announce(o, fmt.Sprintf("%s reported: %s, %s. It waits for one who may change this desk.", plainName(o.Person.Name), c.Text, name))
	for i := range d.Public {
		public := done{Message: d.Public[i].Message}
		public.act(o, "Apply", fmt.Sprintf("report %s #%d", c.Text, c.Article))
		d.Public[i].Message = public.Message
	}
	return d, nil
}

// waiting reports whether a report waits that says the same of the same article.
func (k *keeper) waiting(ctx context.Context, desk string, c Change) (bool, error) {
	changes, err := k.Archive.DeskChanges(ctx, desk)
	if err != nil {
		return false, err
	}
	waits := false
	for _, kept := range changes {
		other, err := readChange(kept)
		if err == nil && other.Kind == Feedback && other.Article == c.Article && other.Text == c.Text {
			waits = !other.Applied
		}
	}
	return waits, nil
}

// approval says who must apply a report.
func (d *Desk) approval() string {
	names := d.changers()
	if len(names) == 0 {
		return "somebody may change this desk, which its config says of nobody"
	}
	last := len(names) - 1
	if last > 0 {
		return strings.Join(names[:last], ", ") + " or " + names[last] + " applies it"
	}
	return names[0] + " applies it"
}

// setApart takes an article out of its story.
func (k *keeper) setApart(ctx context.Context, o order, article int64) (done, error) {
	name, err := k.cited(ctx, o, article)
	if err != nil {
		return done{}, err
	}
	if name == "" {
		return o.tell("Nothing was reported: the archive has no such article."), nil
	}
	if !o.Desk.allows(o.Person) {
		return k.waits(ctx, o, name, Change{Text: wrongGroup, Article: article})
	}
	v, left, err := k.Builder.SetApart(ctx, article)
	if errors.Is(err, archive.ErrAlone) {
		return o.tell("Nothing was changed: " + name + " is the only article of its story."), nil
	}
	if err != nil {
		return done{}, err
	}
	effect := fmt.Sprintf("%s is set apart. %s now: %s (%s).", name, o.storyName(v.Story), Plural(left.Origins, "origin"), Plural(left.Outlets, "outlet"))
	return o.applied(Change{Text: wrongGroup, Article: article}, effect, v), nil
}

// storyName names a story by its number in the thread or the edition.
func (o order) storyName(id int64) string {
	for ref, story := range o.Refs {
		if story == id {
			return ref
		}
	}
	if o.About != nil {
		for i := range o.About.Stories {
			if o.About.Stories[i].ID == id {
				return digest.Ref(o.About.Number, o.About.Stories[i].Number)
			}
		}
	}
	return "Its story"
}

// applied is a report that changes something, which everyone reads.
func (o order) applied(c Change, effect string, verdicts ...archive.Verdict) done {
	c.Kind, c.Applied = Feedback, true
	d := o.tell(effect + " The next edition counts it so.")
	d.act(o, "Take back", fmt.Sprintf("report %s #%d", liftReport, c.Article))
	for _, v := range verdicts {
		v.Desk, v.Who = o.Desk.Name, plainName(o.Person.Name)
		d.Verdicts = append(d.Verdicts, v)
	}
	d.Changes = append(d.Changes, o.change(c))
	d.announce(o, fmt.Sprintf("%s Reported by %s.", effect, plainName(o.Person.Name)))
	return d
}

// untag takes away what an article is said to be about.
func (k *keeper) untag(ctx context.Context, o order, article int64, tag string) (done, error) {
	name, err := k.cited(ctx, o, article)
	if err != nil {
		return done{}, err
	}
	if name == "" {
		return o.tell("Nothing was reported: the archive has no such article."), nil
	}
	if tag == "" {
		return o.tell("Nothing was reported: expected which tag is wrong, as in /attache report wrong tag energy [5]."), nil
	}
	s, err := digest.ResolveSubject(k.Actors, nil, tag)
	if err != nil {
		return o.tell(unknownName(err)), nil
	}
	if !o.Desk.allows(o.Person) {
		return k.waits(ctx, o, name, Change{Text: wrongTag + " " + s.Name, Article: article})
	}
	verdicts, err := k.Builder.Untag(ctx, article, tagsOf(s))
	if err != nil {
		return done{}, err
	}
	if len(verdicts) == 0 {
		return o.tell(fmt.Sprintf("Nothing was changed: %s is not about %s.", name, s.Name)), nil
	}
	return o.applied(Change{Text: wrongTag + " " + s.Name, Article: article}, fmt.Sprintf("%s is about %s no longer.", name, s.Name), verdicts...), nil
}

// tagsOf are the tags that a subject is.
func tagsOf(s digest.Subject) []archive.Tag {
	var all []archive.Tag
	switch {
	case s.Dyad != "":
		all = append(all, archive.Tag{Kind: archive.DyadTag, ID: s.Dyad})
	case s.Actor != "":
		all = append(all, archive.Tag{Kind: archive.ActorTag, ID: s.Actor})
	}
	for _, t := range s.Themes {
		all = append(all, archive.Tag{Kind: archive.ThemeTag, ID: t})
	}
	return all
}

// lift takes back what reports changed of an article. They changed it for all desks,
// so those of all are taken back.
func (k *keeper) lift(ctx context.Context, o order, article int64) (done, error) {
	if !o.Desk.allows(o.Person) {
		return o.tell(o.Desk.refusal()), nil
	}
	name, err := k.cited(ctx, o, article)
	if err != nil {
		return done{}, err
	}
	if name == "" {
		return o.tell("Nothing was reported: the archive has no such article."), nil
	}
	verdicts, err := k.Archive.Verdicts(ctx, article)
	if err != nil {
		return done{}, err
	}
	if len(verdicts) == 0 {
		return o.tell("Nothing was changed: no report is on " + name + "."), nil
	}
	what := Plural(len(verdicts), "report")
	d := o.tell(fmt.Sprintf("Lifted: %s on %s. attache understands it by itself again.", what, name))
	for _, v := range verdicts {
		d.Lifted = append(d.Lifted, v.ID)
	}
	d.Changes = append(d.Changes, o.change(Change{Kind: Feedback, Text: liftReport, Article: article}))
	d.announce(o, fmt.Sprintf("%s lifted %s on %s.", plainName(o.Person.Name), what, name))
	return d, nil
}

// reportIrrelevant records that a story is not for the desk, and offers to mute it.
func (k *keeper) reportIrrelevant(ctx context.Context, o order, rest string) (done, error) {
	ref := storyNumber.FindString(rest)
	id, err := k.storyNamed(ctx, o, ref)
	if err != nil {
		return done{}, err
	}
	if id == 0 {
		return o.tell("Nothing was reported: expected a story's number, as in /attache report not relevant 12.4."), nil
	}
	d := o.tell("Recorded: " + ref + " is not relevant. It changes nothing by itself; muting it does.")
	d.act(o, "For me, 7 days", "mute "+ref+" for me 7 days")
	d.act(o, "For me, until something new", "mute "+ref+" for me until something new")
	if o.Desk.allows(o.Person) {
		d.act(o, "For the desk, 7 days", "mute "+ref+" for the desk 7 days")
		d.act(o, "For the desk, until something new", "mute "+ref+" for the desk until something new")
	}
	d.Changes = append(d.Changes, o.change(Change{Kind: Feedback, Text: notRelevant, Story: id, Ref: ref}))
	return d, nil
}

// reportMissing says why an article is not in an edition.
func (k *keeper) reportMissing(ctx context.Context, o order, address string) (done, error) {
	about := o.About
	if about == nil {
		e, err := k.Archive.LastEdition(ctx, o.Desk.Name, o.Now.AddDate(0, 0, 1))
		if err != nil || e == nil {
			return o.tell("Nothing can be missing: the desk " + o.Desk.Name + " has no brief yet."), err
		}
		if about, err = digest.Stored(e); err != nil {
			return done{}, err
		}
	}
	address = strings.Trim(address, "<> ")
	if address == "" {
		return o.tell("Nothing was reported: expected the article's address, as in /attache report missing https://…"), nil
	}
	r, err := k.Builder.WhyURL(ctx, about, address)
	if err != nil {
		return done{}, err
	}
	text := fmt.Sprintf("Brief no. %d: %s.", about.Number, r.Why)
	switch {
	case r.Ref != "":
		text = fmt.Sprintf("It is there, in %s: %s.", r.Ref, r.Why)
	case r.Leaving == digest.Absent:
		text += " Sources are added in the config, or by attache sources add."
	}
	d := o.tell(text)
	d.Changes = append(d.Changes, o.change(Change{Kind: Feedback, Text: missing + " " + Brief(address), Article: r.Article}))
	return d, nil
}
