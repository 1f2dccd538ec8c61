package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviates reports whether the stop at i belongs to the word before it, which
// is an abbreviation, an initial or the number of a list, and not to the
// sentence.
func (p *splitter) abbreviates(from, i, next int) bool {
	word := p.before(from, i)
	if word == "" {
		return false
	}
	following := p.word(next)
	r, size := utf8.DecodeRuneInString(following)
	numbered := unicode.IsDigit(r)
	switch {
	case size == 0:
		return false
	case digits(word):
		return p.listed(from, i, word) || len(word) <= 2 && isMonth(following)
	case isAcronym(word):
		return p.acronymGoesOn(word, following)
	case titles[word]:
		return true
	case numbering[strings.ToLower(word)]:
		return numbered
	case shortened[word]:
		return numbered || !starters[following] && !p.ellipsis(next)
	}
	return false
}

// acronymGoesOn reports whether the sentence goes on behind "U.S.", "J." or "a.m.".
func (p *splitter) acronymGoesOn(word, following string) bool {
	switch strings.ToLower(word) {
	case "a.m", "p.m":
		return weekdays[Fold(following)] || isMonth(following) || isZone(following)
	case "i": // "more than I."
		return !starters[following]
	}
	return !starters[following]
}

// listed reports whether a number is that of an item: "1. Who decides".
func (p *splitter) listed(from, i int, word string) bool {
	return len(word) <= 2 && strings.TrimSpace(p.text[from:i]) == word
}

func (p *splitter) ellipsis(next int) bool {
	return strings.HasPrefix(p.text[next:], "...")
}

func digits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// isAcronym reports whether a word, without its last stop, is a letter or letters
// with stops between: "J", "U.S", "a.m", "Ph.D".
func isAcronym(word string) bool {
	parts := strings.Split(word, ".")
	for _, part := range parts {
		n := utf8.RuneCountInString(part)
		if !letters(part) || n > 2 || n == 2 && len(parts) == 1 {
			return false
		}
	}
	return len(parts) > 1 || unicode.IsUpper(first(word))
}

func isMonth(word string) bool {
	_, ok := months[Fold(word)]
	return ok
}

func isZone(word string) bool {
	_, ok := zones[strings.ToLower(word)]
	return ok || word == "local" || word == "Eastern" || word == "Pacific" || word == "Central"
}

func set(words string) map[string]bool {
	all := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		all[w] = true
	}
	return all
}

// titles stand before a name; none ends a sentence.
var titles = set(`Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Maj Capt Cpt Sgt Cpl Pvt Adm
	Cmdr Comdr Brig Rev Hon Pres Amb Supt Insp Det Messrs Mme Mlle St Ste Mt Ft Fr Msgr Atty Asst Assoc
	Dep Dir Ald Sra Srta Sr.a Dra Herr Dott Avv Ing vs v cf e.g i.e viz bzw ca al`)

// numbering stands before a number and is a word, or nothing, elsewhere.
var numbering = set(`no nos nr art arts sec secs fig figs vol vols p pp ch par para paras ref res app ex n`)

// shortened can end a sentence; what follows tells.
var shortened = set(`Inc Corp Co Cos Ltd Bros Jr Sr Esq Dept Univ Assn Intl Natl Ave Blvd Rd etc approx est
	Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
	Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev
	Okla Ont Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Que PLC SpA S.A Corp bn mn dept min max ft lb lbs oz`)

// starters begin sentences and hardly ever a name.
var starters = set(`The A An It Its He She They We You I His Her Their Our This That These Those There
	In On At By For From With Without As After Before When While Since Until If Although Though But And
	Or So Yet However Meanwhile Also Both Most Many Some All Any Each Other Others Another One Two Three
	No Not What Who Why How Where Which Under During Over About Despite Because Last Next Earlier Later
	Now Then Only Even Still Such To Here Asked Instead Moreover Nevertheless Nonetheless Speaking
	According Among Between Against Across Around More Several Few Officials Critics Analysts Experts`)

// speech are the words that name a speaker behind a quotation.
var speech = set(`said says asked asks told added adds wrote writes replied answered declared shouted cried
	warned tweeted posted insisted exclaimed remarked noted`)

// weekdays are the names of the days, folded, in the languages that months has.
var weekdays = set(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
	lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
	lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom
	lunedi martedi mercoledi giovedi venerdi sabato domenica gio
	segunda terca quarta quinta sexta segunda-feira terca-feira quarta-feira quinta-feira sexta-feira seg ter qua qui sex
	maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo
	pazartesi sali carsamba persembe cuma cumartesi pazar pzt sal car per cum cmt paz
	bazar bazar-ertesi cersenbe cume senbe
	понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
	δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη δευ τρι τετ πεμ παρ σαβ κυρ
	hetfo kedd szerda csutortok pentek szombat vasarnap
	الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت
	poniedzialek wtorek sroda czwartek piatek sobota niedziela pon wt sr czw pt niedz
	mandag tirsdag onsdag torsdag fredag lordag sondag tisdag lor son man tir ons tor fre`)
