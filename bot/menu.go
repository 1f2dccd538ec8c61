package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"attache/digest"
	"attache/digest/ask"
)

// What the buttons of an edition do, and the entries of a story's menu, beside
// what answers offer.
const (
	doWhyThese  = "why-these"
	doSources   = "sources"
	doWrong     = "wrong"   // something is, in an edition
	doStoryMore = "story"   // all that a story has
	doWhyHere   = "why"     // a story is in an edition
	doRemark    = "remark"  // mute or report a story
	doMuteMine  = "mute-me" // for how long: one of muteTimes
	doMuteDesk  = "mute"
	doReport    = "report" // With is what is wrong: one of reports
	doOrder     = "order"  // a command on the desk that On names; With is its line
)

// actions are the buttons of an edition's root.
func (e edition) actions() []Action {
	on := e.Desk + "/" + strconv.Itoa(e.Number)
	all := []Action{{Label: "Why these", Do: doWhyThese, On: on}, {Label: "Sources", Do: doSources, On: on}, {Label: "Something wrong", Do: doWrong, On: on}}
	if e.Quiet() {
		all = all[1:]
	}
	return slices.DeleteFunc(all, func(a Action) bool { return !a.fits() })
}

// menu is what may be done with a story.
func (e edition) menu(s *digest.Story) []Action {
	on := e.Desk + "/" + digest.Ref(e.Number, s.Number)
	return slices.DeleteFunc([]Action{
		{Label: "More", Do: doStoryMore, On: on},
		{Label: "Timeline", Do: ask.OfferTimeline, On: on},
		{Label: "Who said what", Do: ask.OfferWhoSaid, On: on},
		{Label: "Why is this here", Do: doWhyHere, On: on},
		{Label: "Mute or report…", Do: doRemark, On: on},
	}, func(a Action) bool { return !a.fits() })
}

// told is an edition, or one of its stories, as a button names it.
type told struct {
	desk   string
	number int
	story  int // 0 for the edition
}

// toldBy reads what a button is on: "Caucasus/12", "Caucasus/12.1". Answers have no
// stroke in their names.
func toldBy(on string) (told, bool) {
	i := strings.LastIndex(on, "/")
	if i < 0 {
		return told{}, false
	}
	number, story, ofStory := strings.Cut(on[i+1:], ".")
	t := told{desk: on[:i]}
	var err error
	if t.number, err = strconv.Atoi(number); err == nil && ofStory {
		t.story, err = strconv.Atoi(story)
	}
	return t, err == nil
}

func (t told) ref() string { return digest.Ref(t.number, t.story) }

func (t told) String() string {
	if t.story == 0 {
		return fmt.Sprintf("%s/%d", t.desk, t.number)
	}
	return t.desk + "/" + t.ref()
}
