package actor

import (
	"strings"
	"unicode"
)

// person is somebody whom a text names.
type person struct {
	Named
	full bool // more than a surname is known
}

// findPeople finds the people of the body, and of the title what the body knows.
func (n *namer) findPeople() {
	s := &n.body
	var rest [][2]int
	s.eachRun(n.head, func(i, j int) {
		if !n.person(s, i, j) {
			rest = append(rest, [2]int{i, j})
		}
	})
	for _, r := range rest {
		n.again(s, r[0], r[1])
	}
	n.heading()
	for i, p := range n.persons {
		p.Passing = !p.central(n.head+leadBytes, i == 0)
	}
}

// person reads the run as a person, if it is one.
func (n *namer) person(s *sheet, i, j int) bool {
	k := n.nameStart(s, i, j)
	if k >= j {
		return false
	}
	if known, ok := n.known(s, k, j); ok {
		n.add(s, k, j, known, n.by[lastWord(s.span(k, j))] == nil || j-k > 1, "in the catalogue")
		return true
	}
	if j-k > 5 || !n.plausible(s, k, j) {
		return false
	}
	role := n.roleBefore(s, k)
	after := n.roleAfter(s, j)
	first := s.words[k]
	switch {
	case role.found:
		n.add(s, k, j, s.span(k, j), role.public, role.words)
	case j-k < 2:
		return false
	case first.class&given != 0 && !first.shout:
		n.add(s, k, j, s.span(k, j), after.public, or(after.words, "a given name"))
	case j-k > 2 && n.initialIn(s, k, j):
		n.add(s, k, j, s.span(k, j), after.public, or(after.words, "initials"))
	case after.found && !n.shouts(s, k, j):
		n.add(s, k, j, s.span(k, j), after.public, after.words)
	default:
		return false
	}
	return true
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// nameStart is where the name begins behind charges, adjectives and the like.
func (n *namer) nameStart(s *sheet, i, j int) int {
	k := i
	for x := i; x < j; x++ {
		w := s.words[x]
		if w.class&charge != 0 && !(x == j-1 && x > i && s.words[x-1].class&given != 0) {
			k = x + 1
		}
	}
	for k < j {
		w := s.words[k]
		kind := n.kindAt(s, k)
		if kind == Person || w.class&given != 0 && k+1 < j && kind == "" {
			break
		}
		if w.class&(modifier|plain) == 0 && kind == "" {
			break
		}
		k++
	}
	return k
}

// known is the name of the catalogue's person that the words are.
func (n *namer) known(s *sheet, k, j int) (string, bool) {
	at := s.words[j-1].hit
	if at < 0 || n.kindAt(s, j-1) != Person {
		return "", false
	}
	h := s.hits[at]
	if h.start > s.words[k].start {
		return "", false // another of that surname
	}
	if p := n.by[lastWord(s.span(k, j))]; p != nil && p.full && k+1 == j {
		return p.Name, true
	}
	return plainName(n.c.actors[h.actor].Name), true
}

// plausible rules out the names of bodies and places.
func (n *namer) plausible(s *sheet, k, j int) bool {
	for x := k; x < j; x++ {
		w := s.words[x]
		if w.class&(bodily|geographic) != 0 && (w.class&given == 0 || x == j-1) && !(x == j-1 && x > k && s.words[x-1].class&given != 0 && w.class&commercial == 0 && j-k == 2 && n.roleBefore(s, k).found) {
			return false
		}
		if k+1 == j && (w.shout || w.initial || n.kindAt(s, x) != "") {
			return false
		}
	}
	return s.words[j-1].end-s.words[j-1].start > 1 && !n.ticker(s, j)
}

// ticker reports whether a company's sign follows: "Walt Disney Co <DIS>".
func (n *namer) ticker(s *sheet, j int) bool {
	end := s.words[j-1].end
	return end+1 < len(s.text) && s.text[end] == ' ' && s.text[end+1] == '<'
}

func (n *namer) initialIn(s *sheet, k, j int) bool {
	for x := k; x < j-1; x++ {
		if s.words[x].initial {
			return true
		}
	}
	return false
}

func (n *namer) shouts(s *sheet, k, j int) bool {
	for x := k; x < j; x++ {
		if s.words[x].shout {
			return true
		}
	}
	return false
}

// role is what a text calls a person.
type role struct {
	found, public bool
	words         string
}

// roleBefore walks back from the name over the words of its charge: "Minister of
// Mines and Energy Subroto", "chief executive Noa Ben-Shalom".
func (n *namer) roleBefore(s *sheet, k int) (r role) {
	strict := false
	x := k - 1
	defer func() {
		if r.found && x+1 < k {
			r.words = s.text[s.words[x+1].start:s.words[k-1].end]
		}
	}()
	for ; x >= 0 && k-x <= 9; x-- {
		w := s.words[x]
		if j := s.words[x+1].join; j == apart && !abbreviated(s.text[w.end:s.words[x+1].start]) || j == comma && (x+1 != k || w.class&charge == 0) {
			break
		}
		kind := n.kindAt(s, x)
		if r.found && strings.EqualFold(s.text[w.start:w.end], "central") {
			r.public, strict = true, false
		}
		switch {
		case w.class&charge != 0 && !r.found:
			r = role{found: true, public: w.class&office != 0, words: s.text[w.start:w.end]}
			strict = ambivalent(r.words, w)
		case r.found && strict && (kind == State || kind == Organisation || kind == Institution || w.class&modifier != 0 && w.capital || w.class&stately != 0 && w.capital):
			r.public = true
			strict = false
		case r.found && strict && (w.capital && w.class&(plain|charge) == 0 || w.class&(commercial|trading|bodily) != 0 || company(s.text[w.start:w.end])):
			r.public = false
			return r
		case w.class&(modifier|charge) != 0 || kind == State:
		default:
			return r.sure(strict)
		}
	}
	return r.sure(strict)
}

// sure is the role where nothing says whose it is: a charge in small letters is
// a company's.
func (r role) sure(strict bool) role {
	if strict && r.found {
		r.public = r.public && r.words[0] >= 'A' && r.words[0] <= 'Z'
	}
	return r
}

// ambivalent are the charges that states and companies both have.
func ambivalent(word string, _ word) bool {
	switch word {
	case "president", "President", "chief", "Chief", "chairman", "Chairman", "head", "director", "Director", "treasurer", "representative", "secretary", "leader", "spokesman", "official":
		return true
	}
	return false
}

func company(word string) bool { return word == "its" || word == "his" }

// abbreviated reports whether only the dot of "Gen. " stands between.
func abbreviated(between string) bool { return between == ". " }

// roleAfter reads an apposition: ", the Turkish foreign minister,".
func (n *namer) roleAfter(s *sheet, j int) role {
	if j >= len(s.words) || s.words[j].join != comma || s.words[j].capital && n.kindAt(s, j) == "" {
		return role{}
	}
	for x := j; x < len(s.words) && x < j+8; x++ {
		w := s.words[x]
		if x > j && w.join != blank {
			return role{}
		}
		if w.class&(office|private) == 0 || w.capital {
			continue
		}
		if x+1 < len(s.words) && s.words[x+1].join == blank && s.words[x+1].class&(office|private) != 0 {
			continue
		}
		r := role{found: true, public: w.class&office != 0, words: s.text[s.words[j].start:w.end]}
		if ambivalent(s.text[w.start:w.end], w) {
			r.public = n.servesState(s, j, x)
		}
		return r
	}
	return role{}
}

// servesState reports whether the charge that ends at word x is a state's.
func (n *namer) servesState(s *sheet, j, x int) bool {
	for y := j; y < len(s.words) && y < x+5 && (y == j || s.words[y].join == blank); y++ {
		switch n.kindAt(s, y) {
		case State, Organisation, Institution:
			return true
		}
	}
	return false
}

// add notes that the words name a person.
func (n *namer) add(s *sheet, k, j int, name string, public bool, why string) {
	last := lastWord(s.span(k, j))
	if last == "" {
		return
	}
	full := j-k > 1 || lastWord(name) != foldName(name)
	p := n.by[last]
	if p == nil || full && p.full && foldName(p.Name) != foldName(name) && !n.sameName(p.Name, name) {
		p = &person{Named: Named{Name: name, Start: s.words[k].start, End: s.words[j-1].end, Why: why}}
		n.persons = append(n.persons, p)
		n.by[last] = p
	}
	if full && (!p.full || len(name) > len(p.Name)) && why != "" {
		p.Name, p.full = name, true
	}
	p.public = p.public || public
	p.high = p.high || public && highest(why)
	p.speaks = p.speaks || speech(s, k, j)
	p.Times++
}

// highest reports whether a charge is one of those who govern.
func highest(words string) bool {
	top := false
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		switch w {
		case "deputy", "vice", "under", "assistant", "former", "ex", "ambassador", "adviser", "advisor", "envoy", "senator", "sen", "rep", "representative", "official", "undersecretary", "senate", "house", "majority", "minority", "committee":
			return w == "representative" && strings.Contains(words, "rade")
		case "president", "premier", "minister", "king", "queen", "chancellor", "secretary", "governor", "emir", "sultan", "sheikh", "ayatollah", "chairman", "treasurer", "commissioner", "leader", "catalogue", "chief":
			top = true
		}
	}
	return top
}

// speech reports whether a word of speech stands beside the name.
func speech(s *sheet, k, j int) bool {
	return k > 0 && s.words[k-1].class&said != 0 || j < len(s.words) && s.words[j].class&said != 0
}

// sameName reports whether two full names of one surname may be one person's:
// "William Clinton" and "William J. Clinton".
func (n *namer) sameName(a, b string) bool { return foldName(a)[0] == foldName(b)[0] }

// again finds the surname of somebody named before.
func (n *namer) again(s *sheet, i, j int) {
	for i < j && s.words[i].class&(plain|modifier) != 0 {
		i++
	}
	if j-i != 1 {
		return
	}
	if p := n.by[foldName(s.span(i, j))]; p != nil {
		p.Times++
		p.speaks = p.speaks || speech(s, i, j)
	}
}

// heading finds the surnames of the body's people in the title.
func (n *namer) heading() {
	for _, w := range n.title.words {
		if !w.capital {
			continue
		}
		if p := n.by[lastWord(n.title.text[w.start:w.end])]; p != nil {
			p.headed = true
		}
	}
}

// central reports whether the article is about a person, or they act in it: one
// who governs and is in the title, is named again and again, or is the first and speaks.
func (p *person) central(lead int, alone bool) bool {
	return p.high && (p.headed || p.Times > 2 || p.Times > 1 && p.Start < lead || p.speaks && alone)
}

// surname is the part of a full name that later mentions have, with its
// particles: "de Clercq", "Perez de Cuellar", "Leigh-Pemberton". It is empty
// where that is the last word alone, or can't be told.
func (n *namer) surname(name string) string {
	words := strings.Fields(name)
	at := len(words)
	for i := 1; i < len(words)-1; i++ {
		if western(foldName(words[i])) {
			at = i
			break
		}
	}
	switch {
	case at < len(words):
		for at > 1 && n.c.naming[foldName(words[at-1])]&given == 0 && !strings.HasSuffix(words[at-1], ".") {
			at--
		}
		return strings.Join(words[at:], " ")
	case len(words) > 1 && doubled(words[len(words)-1]):
		return words[len(words)-1]
	}
	return ""
}

// western are the particles that are kept with a surname that stands alone.
func western(word string) bool {
	switch word {
	case "van", "von", "de", "del", "della", "da", "di", "du", "la", "le", "ter", "den", "dos":
		return true
	}
	return false
}

// doubled reports whether a surname is two, with a hyphen between.
func doubled(word string) bool {
	a, b, ok := strings.Cut(word, "-")
	return ok && len(a) > 2 && len(b) > 2 && unicode.IsUpper(rune(b[0]))
}
