package story

import (
	"regexp"
	"strings"
)

// note is what an article says of its own standing.
type note bool

// corrects: the article says that it corrects an earlier one.
const corrects note = true

var (
	// titleNote is the mark that wires and outlets set before a corrected headline.
	titleNote = regexp.MustCompile(`(?i)^\s*[\[(]?\s*(?:(?:corrected|correction|corrects|corrigendum)(?:\s*\((?:official|[a-z]+)\))?(?:[\])]\s*|\s*[:–—-]+\s*)|(?:corrected|correction)\s*\d\s*[:–—-]*\s*)`)
	// titleEnd is the same mark behind one: "… (corrected)".
	titleEnd = regexp.MustCompile(`(?i)\s*[\[(](?:corrected|correction)[\])]\s*$`)
	// textNote is how a corrected text begins, or says at its end, what it puts right.
	textNote = regexp.MustCompile(`(?i)(?:^|[\s(\[])(?:\(\s*corrects?\b|corrects?\s+(?:number|figure|name|date|day|spelling|headline|paragraph|para|lead|first|second|to)\b|correction\s*(?:\([^)]{0,60}\)|,[^:]{0,60})?\s*[:–—]|corrected\s+version|this (?:story|article|report|version) (?:corrects|(?:has|was) been corrected|was corrected|is corrected)|(?:an )?(?:earlier|previous|original) version of this (?:story|article|report)|editor'?s note[^.]{0,80}correct)`)
)

// noteOf reads the note of correction of an article: in its title, at the
// beginning of its text or at its end.
func noteOf(title, text string) note {
	if _, noted := cutNote(title); noted {
		return corrects
	}
	const reach = 240 // bytes that a note takes, at either end
	head, tail := text, ""
	if len(text) > reach {
		head, tail = text[:reach], text[max(reach, len(text)-reach):]
	}
	return note(textNote.MatchString(head) || textNote.MatchString(tail))
}

// cutNote takes the note of correction off a title.
func cutNote(title string) (rest string, noted bool) {
	at := titleNote.FindStringIndex(title)
	if at != nil {
		return title[at[1]:], true
	}
	if at = titleEnd.FindStringIndex(title); at != nil {
		return strings.TrimSpace(title[:at[0]]), true
	}
	return title, false
}
