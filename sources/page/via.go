package page

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"attache/sources/text"

	"golang.org/x/net/html/atom"
)

// credit is what a page says of who wrote and first published its text.
type credit struct {
	authors []string // as written; the byline beside the outlet's name
	via     string
}

// agencies are news agencies whose texts others print, by the names they are
// credited with.
var agencies = []struct{ name, pattern string }{
	{"Associated Press", `AP|A\.P\.|(?:the )?associated press|ap news|apnews`},
	{"Reuters", `(?:thomson )?reuters(?: staff)?`},
	{"AFP", `AFP|agence france[- ]presse|afp news agency`},
	{"dpa", `dpa(?:[/-](?:lnw|afx|tmn|infocom))?|deutsche presse-agentur`},
	{"Bloomberg", `bloomberg(?: news)?`},
	{"UPI", `UPI|united press international`},
	{"PTI", `PTI|press trust of india`},
	{"ANI", `ANI|asian news international`},
	{"IANS", `IANS|indo-asian news service`},
	{"EFE", `EFE|agencia efe`},
	{"ANSA", `ANSA`},
	{"APA", `APA`},
	{"Interfax", `interfax(?:-ukraine)?`},
	{"TASS", `TASS|itar-tass`},
	{"Xinhua", `xinhua(?: news agency)?`},
	{"Anadolu Agency", `AA|anadolu(?: agency| ajansı)?`},
	{"Kyodo", `kyodo(?: news)?`},
	{"Yonhap", `yonhap(?: news agency| news)?`},
	{"PA Media", `PA media|press association`},
	{"AAP", `AAP|australian associated press`},
	{"Canadian Press", `(?:the )?canadian press`},
	{"CNN", `CNN(?: wire| newsource)?|the-cnn-wire`},
	{"The Conversation", `the conversation`},
	{"Tribune News Service", `tribune news service|TNS`},
}

// agencyNames are the patterns compiled, in the order of agencies.
var agencyNames = compileAgencies()

func compileAgencies() []*regexp.Regexp {
	compiled := make([]*regexp.Regexp, len(agencies))
	for i, a := range agencies {
		compiled[i] = regexp.MustCompile(`^(?i:` + a.pattern + `)$`)
	}
	return compiled
}

// agency returns the name of the news agency that a credit names.
func agency(credit string) string {
	credit = strings.Trim(text.Line(credit), " .,:;()*[]")
	for i, pattern := range agencyNames {
		if pattern.MatchString(credit) {
			return agencies[i].name
		}
	}
	return ""
}

var (
	// "By Jane Roe via Some Outlet", "By Jane Roe for Some Outlet".
	creditLine = regexp.MustCompile(`^(?:(?i:written )?[Bb]y|BY)\s+([^.!?]{2,80}?),?\s+(?:(?i:via|courtesy of|originally for|writing for)|for|of)\s+([\pL\d][^!?;]{1,60}?)\.?$`)
	// "Jane Roe for Some Outlet", nothing else in the line.
	bareCredit = regexp.MustCompile(`^(\p{Lu}[\pL'’.-]+(?:\s+\p{Lu}[\pL'’.-]*){1,3}),?\s+(?:via|for)\s+((?:the )?\p{Lu}[\pL\d .&'’-]{2,40})$`)
	stopped    = regexp.MustCompile(`[.!?…]$`)
	viaLine    = regexp.MustCompile(`^(?i:via|source|originally from|courtesy(?: of)?)\s*[: ]\s*([\pL\d][^!?;]{1,50}?)\.?$`)
	// "This article was originally published by Some Outlet".
	originally = regexp.MustCompile(`(?i)\b(?:(?:was |is |has been |were )?(?:originally|first|previously) (?:published|appeared|posted|reported|written|produced|ran|seen)|(?:is |was |has been |are )?(?:re-?published|re-?printed|syndicated|re-?posted)(?: here)?(?: with (?:the )?(?:kind )?permission)?|(?:article|story|post|piece|report) (?:comes|appears here) courtesy|(?:this|the) (?:article|story|report) (?:was )?(?:produced|provided|supplied))\s+(?:in partnership with|(?:here )?(?:by|in|on|at|from|of|for|via|as a [a-z ]+ on))\s+(?:our (?:partners?|friends) (?:at )?|the website (?:of )?)?`)
	// speaksOfText is what such a line says before: not a virus or a film that
	// first appeared somewhere.
	speaksOfText = regexp.MustCompile(`(?i)\b(?:article|story|stories|post|piece|report|column|essay|interview|review|commentary|analysis|op-ed|version|content|this|it|work|text)\b[^.]{0,60}$`)
	nameEnd      = regexp.MustCompile(`\s*(?:[.,;:!?(\[|“”"]\s|[.,;:!?)\]|]*$|\s(?:and|on|in|under|with|here|as|at|where|which|by|is|was|has|before|after|prior|forum|website)\s|\s-\s|–|—)`)
	dateline     = regexp.MustCompile(`^[^a-z!?"“]{0,2}[^!?"“]{0,60}?\(([\pL .-]{2,30})\)\s*(?:[-–—]|$)`)
	dashLine     = regexp.MustCompile(`^([\pL .]{2,24})\s*[-–—]{1,2}\s`)
	tailCredit   = regexp.MustCompile(`(?i)(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:\d{4})?,?\s*(?:by )?([\pL -]{2,40}?)(?:\.|,|;|\sall rights|\d|$)`)
)

// credit finds who first published the text, and takes the lines that only say
// so out of it.
func (f *facts) credit(blocks *[]block) credit {
	if c, ok := f.creditInText(blocks); ok {
		return c
	}
	for _, c := range f.credits {
		if len(c.authors) > 0 || len(f.credits) == 1 {
			return c
		}
	}
	for _, find := range []func([]block) string{f.viaOfDateline, f.viaOfAuthors, f.viaOfLD, f.viaOfCanonical, f.viaOfCopyright} {
		if via := find(*blocks); via != "" && !f.sameSite(via) {
			return credit{via: via}
		}
	}
	return credit{}
}

// noteCredits reads the credits that stand in boxes of their own, where the
// extractor doesn't see them. Only plain words count there: "via", "originally
// published by".
func (f *facts) noteCredits() {
	for _, n := range elements(f.doc, atom.P, atom.Div, atom.Span, atom.Em, atom.Small, atom.I) {
		if n.FirstChild == nil || hasBlock(n) && !is(n, atom.P) {
			continue
		}
		line := content(n)
		if len(line) > 300 || len(line) < 8 || !plainCredit.MatchString(line) || ancestors(n.Parent, besideArticle) {
			continue
		}
		if c, whole := f.readCredit(line); whole && c.via != "" && !f.knownCredit(c) {
			f.credits = append(f.credits, c)
		}
	}
}

func (f *facts) knownCredit(c credit) bool {
	return slices.ContainsFunc(f.credits, func(o credit) bool { return o.via == c.via })
}

var plainCredit = regexp.MustCompile(`(?i)^\W*by .* via |(?:originally|first) (?:published|appeared)|re-?(?:published|printed)`)

// creditLines is how many lines at each end of a text may be a credit.
const creditLines = 6

func (f *facts) creditInText(blocks *[]block) (found credit, ok bool) {
	list := *blocks
	for i := len(list) - 1; i >= 0; i-- {
		if i >= creditLines && i < len(list)-creditLines || len(list[i].text) > 400 {
			continue
		}
		line := list[i].text
		c, whole := f.readCredit(line)
		if c.via == "" && len(c.authors) == 0 {
			continue
		}
		if !ok {
			found, ok = c, c.via != ""
		}
		if !whole {
			continue
		}
		end := i + 1
		if 2*i > len(list) && i > 3 {
			end = len(list) // what follows a credit at the end is the page's
		}
		list = append(list[:i:i], list[end:]...)
	}
	*blocks = list
	return found, ok
}

// readCredit reads one line; whole says that it is nothing but a credit.
func (f *facts) readCredit(line string) (c credit, whole bool) {
	bare := strings.Trim(line, " *_()[]")
	if m := creditLine.FindStringSubmatch(bare); m != nil && len(f.people([]string{m[1]}, "")) > 0 {
		c.authors = []string{m[1]}
		if via := outletName(m[2]); !f.sameSite(via) {
			c.via = via
		}
		return c, true
	}
	if m := bareCredit.FindStringSubmatch(bare); m != nil && !stopped.MatchString(line) && len(f.people([]string{m[1]}, "")) > 0 {
		c.authors = []string{m[1]}
		if via := outletName(m[2]); !f.sameSite(via) {
			c.via = via
		}
		return c, true
	}
	if m := viaLine.FindStringSubmatch(bare); m != nil {
		if via := outletName(m[1]); !f.sameSite(via) {
			return credit{via: via}, true
		}
		return credit{}, false
	}
	at := originally.FindStringIndex(line)
	if at == nil || len(line) > 300 || at[0] > 3 && !speaksOfText.MatchString(line[:at[0]]) {
		return credit{}, false
	}
	name := line[at[1]:]
	if end := nameEnd.FindStringIndex(name); end != nil {
		name = name[:end[0]]
	}
	name = outletName(name)
	if name == "" || f.sameSite(name) || dateIn(name) != (text.Date{}) {
		return credit{}, false
	}
	return credit{via: name}, at[0] < 60
}

var domainName = regexp.MustCompile(`^(?i)(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.(?:com|org|net|co\.[a-z]{2}|info|eu|[a-z]{2})/?\S*$`)

// notOutlet tells dates and other words that follow where an outlet could stand.
var notOutlet = regexp.MustCompile(`(?i)^(?:\d+[:.\d ]|\d*$|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun)[a-z]*\.?,?(?: \d.*)?$|(?:our|his|her|their|its|this|that|a|an|my|it|we|they) )|, `)

// outletName cleans the name of an outlet; of a domain its first part is taken.
func outletName(s string) string {
	s = strings.Trim(text.Line(s), " .,:;*_()[]\"'“”")
	if a := agency(s); a != "" {
		return a
	}
	if m := domainName.FindStringSubmatch(s); m != nil {
		return strings.ToUpper(m[1][:1]) + m[1][1:]
	}
	if len(s) < 2 || len(s) > 60 || len(strings.Fields(s)) > 7 || notOutlet.MatchString(s) {
		return ""
	}
	return s
}

// viaOfDateline reads "BAKU (Agency) - " at the head of the text.
func (f *facts) viaOfDateline(blocks []block) string {
	for _, b := range blocks[:min(3, len(blocks))] {
		if m := dateline.FindStringSubmatch(b.text); m != nil {
			if via := agency(m[1]); via != "" {
				return via
			}
		}
		if m := dashLine.FindStringSubmatch(b.text); m != nil {
			if via := agency(m[1]); via != "" {
				return via
			}
		}
	}
	return ""
}

// viaOfAuthors takes an agency that stands where the author's name belongs.
func (f *facts) viaOfAuthors([]block) string {
	lines := append(f.article.texts("author"), f.metas["author"]...)
	lines = append(lines, f.metas["sailthru.author"]...)
	lines = append(lines, f.article.child("publisher").text("name"))
	for _, b := range f.bylines {
		lines = append(lines, b.text)
	}
	for _, line := range lines {
		line = byLead.ReplaceAllString(text.Line(line), "")
		if len(line) > 120 {
			continue
		}
		for _, part := range nameSplit.Split(line, -1) {
			part = agencyRole.ReplaceAllString(afterByline.ReplaceAllString(part, ""), "")
			if via := agency(part); via != "" {
				return via
			}
		}
	}
	return ""
}

// agencyRole is what follows an agency in its reporters' bylines.
var agencyRole = regexp.MustCompile(`(?i)\s+(?:\w+ ){0,2}(?:writer|reporter|correspondent|editor|staff|journalist|columnist)s?$`)

var afterByline = regexp.MustCompile(`(?i)\s+(?:updated|published|posted|\d).*$`)

// viaOfLD reads isBasedOn, and an organisation given as author that is not the
// publisher (https://schema.org/isBasedOn).
func (f *facts) viaOfLD([]block) string {
	for _, based := range f.article.children("isBasedOn") {
		for _, name := range []string{based.child("publisher").text("name"), hostOf(based.text("url")), hostOf(based.text("@id"))} {
			if name != "" {
				return name
			}
		}
	}
	for _, raw := range f.article.texts("isBasedOn") {
		if name := hostOf(raw); name != "" {
			return name
		}
	}
	for _, author := range f.article.children("author") {
		name, home := author.text("name"), author.text("url")
		u, err := url.Parse(home)
		if author.is("Organization") && err == nil && u.Hostname() != "" && siteOf(u.Hostname()) != siteOf(f.base.Hostname()) {
			return name
		}
	}
	return ""
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return hostName(u.Hostname())
}

// viaOfCanonical takes the outlet that the page calls its text's home.
func (f *facts) viaOfCanonical([]block) string {
	u, err := url.Parse(f.canonical)
	if err != nil || u.Hostname() == "" || f.base.Hostname() == "" || siteOf(u.Hostname()) == siteOf(f.base.Hostname()) {
		return ""
	}
	if strings.Trim(u.Path, "/") == "" {
		return ""
	}
	return outletName(hostName(u.Hostname()))
}

// viaOfCopyright reads an agency's notice at the end of the text.
func (f *facts) viaOfCopyright(blocks []block) string {
	for _, b := range blocks[max(0, len(blocks)-4):] {
		if m := tailCredit.FindStringSubmatch(b.text); m != nil && len(b.text) < 300 {
			if via := agency(m[1]); via != "" {
				return via
			}
		}
	}
	return ""
}
