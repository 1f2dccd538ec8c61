package bot

import (
	"fmt"
	"regexp"
	"slices"

	"attache/digest/ask"
)

// What buttons do, beside what answers offer.
const (
	doShare    = "share"
	doMine     = "mine"    // "Not what I meant"
	doAsk      = "ask"     // a question that is written in the button
	doReading  = "reading" // a name as With says
	doFresh    = "fresh"   // the question by itself, without those before it
	doHelp     = "help"
	doCommand  = "command" // With is a command as one types it
	doYes      = "yes"     // to "Asked attache?"
	doNo       = "no"
	doTryAgain = "try-again"
)

// mostButtons is how many an answer has, so that they stand in one row anywhere.
const mostButtons = 5

// longestAction is how many bytes an action's Do, On and With may have together,
// so that every platform takes them.
const longestAction = 90

// fits reports whether a platform takes an action.
func (a Action) fits() bool { return len(a.Do)+len(a.On)+len(a.With) <= longestAction }

// actions are the buttons of an answer: what it offers, to share it where it is
// private, and that it was not what was meant.
func (h *Handler) actions(id string, a *answer, q question, r Request, public bool) []Action {
	last := []Action{{Label: "Not what I meant", Do: doMine, On: id}}
	if !public && !r.Alone && a.Searches() {
		last = slices.Insert(last, 0, Action{Label: "Share here", Do: doShare, On: id})
	}
	first := slices.Concat(q.others, h.readings(id, a, q.Text), a.offered(id))
	first = slices.DeleteFunc(first, func(a Action) bool { return !a.fits() })
	return append(first[:min(len(first), mostButtons-len(last))], last...)
}

// readings are the other ways to read a question, where a name has several, or is
// nobody's.
func (h *Handler) readings(id string, a *answer, text string) []Action {
	var all []Action
	if !a.Searches() {
		for _, d := range a.Head.Doubts {
			for _, actor := range d.Actors {
				all = append(all, Action{Label: a.actor(actor), Do: doReading, On: id, With: actor})
			}
		}
	}
	for _, m := range a.Head.Misread {
		if m.As != "" {
			continue
		}
		for _, near := range m.Nearest {
			asked := instead(text, m.Typed, near)
			all = append(all, Action{Label: asked, Do: doAsk, On: id, With: asked})
		}
	}
	if a.Head.Status == ask.Unknown || a.Head.Status == ask.Refuse {
		all = append(all, Action{Label: "What can be asked", Do: doHelp})
	}
	return all
}

// instead is a question with another name in the place of what was typed, which is
// told in any case.
func instead(text, typed, name string) string {
	at := regexp.MustCompile("(?i)" + regexp.QuoteMeta(typed)).FindStringIndex(text)
	if at == nil {
		return name
	}
	return text[:at[0]] + name + text[at[1]:]
}

// offered are the buttons of what an answer offers, those first that change what
// little was found.
func (a *answer) offered(id string) []Action {
	var all []Action
	for _, offer := range []string{
		ask.OfferMore, ask.OfferTogether, ask.OfferAllThemes, ask.OfferOutlets, ask.OfferSteps,
		ask.OfferTimeline, ask.OfferWhoSaid, ask.OfferMonth, ask.OfferFollow,
	} {
		if slices.Contains(a.Offers, offer) {
			all = append(all, Action{Label: a.label(offer), Do: offer, On: id})
		}
	}
	return all
}

func (a *answer) label(offer string) string {
	switch offer {
	case ask.OfferMore:
		return fmt.Sprintf("%d more", a.Searched.Stories-a.Searched.Before-a.Searched.Shown)
	case ask.OfferSteps:
		return fmt.Sprintf("All %d steps", a.Searched.Steps)
	case ask.OfferTogether:
		return fmt.Sprintf("Show the %d", a.Searched.Together)
	case ask.OfferAllThemes:
		return "All themes"
	case ask.OfferOutlets:
		return "All outlets"
	case ask.OfferTimeline:
		return "Timeline"
	case ask.OfferWhoSaid:
		return "Who said what"
	case ask.OfferMonth:
		return "30 days"
	}
	if a.Head.Asked.Dyad != nil {
		return "Follow this pair"
	}
	return "Follow " + a.subject()
}
