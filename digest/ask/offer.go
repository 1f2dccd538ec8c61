package ask

import (
	"regexp"
	"strings"
	"time"
)

// The things that an answer may offer. All but OfferFollow, which is no question, are asked by
// a [Question] that has the offer.
const (
	OfferMore      = "more"        // the stories that come next
	OfferTimeline  = "timeline"    // of the same
	OfferSteps     = "all-steps"   // of a timeline that has more than it shows
	OfferWhoSaid   = "who-said"    // on the same
	OfferMonth     = "30-days"     // up to now, in place of the period
	OfferAllThemes = "all-themes"  // whatever it is about
	OfferOutlets   = "all-outlets" // whoever published it
	OfferTogether  = "together"    // what names the actors and isn't about them
	OfferFollow    = "follow"      // the actors
)

// take lays what a command or a button asks for over what the words say.
func (r *reading) take(q Question, who Asker) {
	switch q.Offer {
	case OfferMore:
		r.mode = Latest
	case OfferTimeline, OfferSteps:
		r.mode = Timeline
	case OfferWhoSaid:
		r.mode = WhoSaid
	case OfferMonth:
		now := who.now()
		r.period = &Period{Start: month(now), End: now}
	case OfferAllThemes:
		r.dropThemes = true
	case OfferOutlets:
		r.dropOutlets = true
	case OfferTogether:
		r.together = true
	}
	if q.Mode != "" {
		r.mode = q.Mode
	}
}

// month is how far back OfferMonth reaches.
func month(now time.Time) time.Time { return now.AddDate(0, 0, -30) }

var (
	// nextWords ask for the stories that come next, and name nothing.
	nextWords = regexp.MustCompile(`^(and |ok |now )*((show|give|tell) )?((me|us) )?(the )?(\d+ )?(more|rest|others|next|next ones|continue|go on)( (stories|articles|news|of (it|them|that|this|these|those)))?( pls| please)?$`)
	// moreNews asks so for what was not yet told.
	moreNews = regexp.MustCompile(`^(and |ok |now )*(is there |was there )?(what|anything|something|what's|whats) else( is| was)?( there| new| happened| happening)*$`)
	allSteps = regexp.MustCompile(`\b(all|every|each) (the |of the |its )?(\d+ )?(steps?|of them)\b`)
	// moreOf asks for the whole of what is named by its number.
	moreOf = regexp.MustCompile(`^(and |ok |now )*((show|give|tell) )?((me|us) )?more( (on|of|about|from))?\b`)
)

// next is how many stories a question passes over, as they were shown before.
func (r *reading) next(q Question, words string) int {
	if q.More == 0 && q.Before != nil && (q.Offer == OfferMore || nextWords.MatchString(words) || moreNews.MatchString(words) && len(q.Before.Themes) == 0) {
		return q.Before.Shown
	}
	return q.More
}

// whole reports whether all is asked for of what answers have only some of: the
// steps of a timeline, the articles of a story, the statements.
func (q Question) whole() bool {
	words := strings.Join(foldedWords(q.Text), " ")
	return q.Offer == OfferSteps || q.More > 0 || nextWords.MatchString(words) || moreOf.MatchString(words) || allSteps.MatchString(words)
}
