package page

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

var (
	// promoted is the start of a line that leads to other pages.
	promoted = regexp.MustCompile(`(?i)^[\s*•▶►>|–—-]*(?:related(?: (?:story|stories|articles?|news|coverage|content|topics|posts?|links?|video))?\s*[:>»]|(?:read|see|watch|hear|learn) (?:more|also|next)\b|(?:also read|see also|must read|read)\s*:|more (?:top reads|from|on this|stories|news|info)\b|you (?:may|might) (?:also )?(?:like|be interested)|recommended(?: for you)?\s*:|don['’]t miss\s*:|click here|(?:sign|signed) up\b|subscribe\b|join (?:us|our|the conversation)|follow (?:us|him|her|@|\S+ on )|like us on|get (?:the|our) (?:latest|best|newsletter|app)\b|get (?:the|our) [^.]{2,40} (?:newsletter|edition|briefing|digest|app|alerts|in your inbox)$|by (?:signing up|subscribing|registering|clicking)\b|download (?:the|our) |back to (?:home|top)|leave a (?:comment|reply)|(?:view|show|load|post|add) (?:all |a |your )?comments?\b|\d* ?comments?\b.{0,12}$|share (?:this|on|via)|print this|advertisement|sponsored|continue reading|article continues|story continues|scroll (?:down )?(?:to|for)|support (?:us|our)|our journalism|enable javascript|please enable|get in touch|contact (?:us|the author)|email (?:us|the author)|send (?:tips|us)|tap here|swipe|most read|most popular|top stories|trending|latest news|premium content|more info$|skip to|terms of (?:use|service)|privacy policy|all rights reserved|©|copyright\b|(?:image|photo|picture|photograph|credit|file photo|photo credit|image credit|cover image|featured image|getty)s?\s*(?:by|:|credit|courtesy|/|©|\bimages\b)|filed under|tagged|tags?\s*:|topics?\s*:|categor(?:y|ies)\s*:|posted in|source\s*:\s*\S+$)`)
	// adMark is the word that stands above an advertisement, in several languages.
	adMark = regexp.MustCompile(`(?i)^\W*(?:anzeige|werbung|publicidad|publicidade|publicité|pubblicità|advertentie|annonse|annons|annonce|reklam[ae]?|реклама|hirdetés|advertisement|广告|広告|إعلان)\W*$`)
	// dated is a line that is only a date, a byline, or a reading time.
	dated = regexp.MustCompile(`(?i)^(?:(?:first )?(?:published|posted|updated|last (?:updated|modified)|modified|created|date)\b.{0,60}\d|\d+[ -]min(?:ute)?s?(?: read)?\b.{0,10}$)`)
	// clocked is a line with a year and a time of day, and no more than that.
	clocked = regexp.MustCompile(`^[^.!?]{0,40}\b(?:19|20)\d\d\b.{0,12}\b\d{1,2}[:h.]\d\d\b[^.!?]{0,20}$`)
	// labelled is a row of labels: "Section: World | No.: 17".
	labelled  = regexp.MustCompile(`^[\pL ]{2,20}: [^:.]{1,40}[–|•·-] ?[\pL .]{2,20}: ?\S{1,40}$`)
	bylineRow = regexp.MustCompile(`(?i)^(?:written |posted |story )?by\b[: ]+[\pL.'’ -]{3,50}(?:[|,•–—-].{0,60})?$`)
	// closing is a line of the last few that speaks of the text, the outlet or its
	// rights.
	closing = regexp.MustCompile(`(?i)^[\pL ]{3,24}: ?\d[\d .,]*$|\ball content (?:by|on|of|in|is|©)|\bsubscribers (?:receive|get|can|read)\b|support our (?:work|journalism)|contributed (?:to|reporting)|\bhave a tip\b|(?:may|can) be reached at|follow (?:him|her|them) (?:on|at)|^citation:|subject to copyright|all rights reserved|is (?:a|an) (?:\w+ ){0,4}(?:reporter|writer|editor|columnist|correspondent) (?:for|at|with|who)\b|^explore further|^(?:image|photo|cover)s? (?:credit|by|via|courtesy)|^updated? (?:at|on)\b|^©|^copyright|^this (?:article|story|post) (?:was|has been) (?:updated|edited|corrected)|we are (?:temporarily )?moderating|^note: `)
	// offers are words of a paragraph that sells a subscription; two make one.
	offers = regexp.MustCompile(`(?i)\bsign up\b|subscri(?:be|ption)|newsletter|click here|promo code|use (?:the |this )?code|free trial|(?:per|a|every) month\b|download (?:the|our)|your inbox|first year|delivered (?:to|through) your|for as little as|get access|join (?:now|us)\b|become a member|exclusive(?:ly)? (?:content|access|offer)|[£$€]\d+(?:\.\d\d)? ?(?:a|per|/) ?(?:week|month|year)`)
	inTail = regexp.MustCompile(`([.!?…]["”’']?)\s+(?:Related|RELATED|Read more|READ MORE|Read More|Also read|ALSO READ|Also Read|See also|Read also|READ ALSO|Read next|Read Next|More|MORE|Watch|WATCH)\s*:\s+[^.]{8,160}$`)
	ender  = regexp.MustCompile(`(?i)^(?:more (?:top reads|from|stories|news|on)\b|related (?:articles?|stories|posts?|news|content|coverage|links?|topics)|read (?:next|more|also)\b|you (?:may|might) also|leave a (?:comment|reply)|about the author|share this|while you['’]re here|before you go|thank you for reading|sign up (?:for|to)|(?:comments?|most (?:read|popular)|trending|top stories|recommended(?: for you)?|latest(?: news| stories)?|popular|newsletter|further reading|references|see also):?$)`)
)

// tidy drops the lines that the extractor took along and that are not the
// article's: the headline again, dates, bylines, a summary in bullets, and what
// leads to other pages.
func tidy(blocks []block, title string) []block {
	blocks = afterTitle(blocks, title)
	blocks = withoutEnd(beforeMark(blocks))
	var kept []block
	for i, b := range blocks {
		b.text = strings.TrimSpace(inTail.ReplaceAllString(b.text, "$1"))
		switch {
		case b.text == "", adMark.MatchString(b.text), isPromotion(b), b.kind != atom.Tr && isTicker(b.text), sells(b.text):
		case len(kept) == 0 && b.kind == atom.H2 && len(b.text) > 60 && len(b.text) < 400 && i+2 < len(blocks): // a standfirst
		case i+4 > len(blocks) && closing.MatchString(b.text):
		case len(kept) < 4 && (isHead(b.text, title) || bylineRow.MatchString(b.text)):
		case repeated(blocks[:i], b.text):
		default:
			kept = append(kept, b)
		}
	}
	return withoutTrailingHeadings(withoutBullets(kept))
}

// repeated reports whether a line stood just before, or a long one anywhere.
func repeated(before []block, line string) bool {
	if len(line) < 120 {
		before = before[max(0, len(before)-3):]
	}
	return slices.ContainsFunc(before, func(b block) bool { return b.text == line })
}

func isPromotion(b block) bool {
	return len(b.text) < 220 && promoted.MatchString(b.text) && (len(b.text) < 100 || !endsLine.MatchString(b.text) || b.kind != atom.P)
}

// sells tells a paragraph that offers the outlet's own wares.
func sells(s string) bool {
	return len(s) < 400 && len(offers.FindAllString(s, 3)) > 2 || len(s) < 200 && len(offers.FindAllString(s, 2)) > 1 && ownWares.MatchString(s)
}

var ownWares = regexp.MustCompile(`(?i)\b(?:our|your|newsletter|us|subscribe|subscription|sign up)\b`)

// isTicker tells a line of quotes and prices: hardly a word in it.
func isTicker(s string) bool {
	if len(s) > 120 {
		return false
	}
	digits, lettered := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r > ' ' && r != '.' && r != ',':
			lettered++
		}
	}
	return digits > 2 && digits*2 > lettered && !endsLine.MatchString(s) || lettered+digits < 2
}

func isHead(s, title string) bool {
	if len(s) > 250 {
		return false
	}
	own, headline := letters(s), letters(title)
	if len(headline) > 20 && len(s) < 2*len(title)+80 && strings.Contains(own, headline) && !stopped.MatchString(s) {
		return true
	}
	if labelled.MatchString(s) {
		return true
	}
	return own == headline && own != "" || len(s) < 80 && clocked.MatchString(s) || dated.MatchString(s) || len(s) < 60 && !dateIn(s).IsZero() && len(letters(s)) < 32
}

// afterTitle drops all that precedes a repeated headline near the beginning.
func afterTitle(blocks []block, title string) []block {
	own := letters(title)
	for i, b := range blocks[:min(8, len(blocks))] {
		if own != "" && letters(b.text) == own && 4*blocksSize(blocks[:i]) < blocksSize(blocks[i:]) {
			return blocks[i+1:]
		}
	}
	return blocks
}

// endMark is the sign that news desks put under a text.
var endMark = regexp.MustCompile(`^(?:\W*-\s*30\s*-\W*|#\s?#\s?#|ENDS?)$`)

func beforeMark(blocks []block) []block {
	for i, b := range blocks {
		if 2*i > len(blocks) && endMark.MatchString(b.text) {
			return blocks[:i]
		}
	}
	return blocks
}

// withoutEnd cuts off a tail that begins with a line like "Related stories".
func withoutEnd(blocks []block) []block {
	total, before := blocksSize(blocks), 0
	for i, b := range blocks {
		if len(b.text) < 80 && !endsLine.MatchString(strings.TrimSuffix(b.text, ":")) && ender.MatchString(b.text) && 2*before > total {
			return blocks[:i]
		}
		before += len(b.text)
	}
	return blocks
}

// withoutBullets drops a list at the head of the text: a summary of what follows
// in whole paragraphs.
func withoutBullets(blocks []block) []block {
	count := 0
	for count < len(blocks) && (blocks[count].kind == atom.Li || strings.HasPrefix(blocks[count].text, "•")) {
		count++
	}
	if count == 0 || count > 6 || blocksSize(blocks[count:]) < 4*blocksSize(blocks[:count]) {
		return blocks
	}
	return blocks[count:]
}

// withoutSign drops short last lines in which the site speaks of itself, and a
// first one that says no more than its desk.
func (f *facts) withoutSign(blocks []block) []block {
	if len(blocks) > 1 && f.sign(blocks[0].text) && !stopped.MatchString(blocks[0].text) {
		blocks = blocks[1:]
	}
	for len(blocks) > 2 && f.sign(blocks[len(blocks)-1].text) {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

func (f *facts) sign(line string) bool {
	label, _, _ := strings.Cut(siteOf(f.base.Hostname()), ".")
	for _, own := range []string{letters(f.ownName()), letters(label)} {
		if len(own) > 5 && len(line) < len(own)+60 && strings.HasPrefix(letters(line), own) {
			return true
		}
	}
	return false
}

// withoutByline drops a first line that is an author's name and a few words more.
func withoutByline(blocks []block, authors []string) []block {
	if len(blocks) < 3 || len(blocks[0].text) > 90 || stopped.MatchString(blocks[0].text) {
		return blocks
	}
	for _, name := range authors {
		if strings.HasPrefix(letters(blocks[0].text), letters(name)) {
			return blocks[1:]
		}
	}
	return blocks
}

// withoutTrailingHeadings drops headings and labels that nothing follows.
func withoutTrailingHeadings(blocks []block) []block {
	for len(blocks) > 3 {
		last := blocks[len(blocks)-1]
		heading := last.kind == atom.H2 && len(last.text) < 120
		label := len(last.text) < 60 && (strings.HasSuffix(last.text, ":") || strings.HasSuffix(last.text, "："))
		if !heading && !label {
			break
		}
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}
