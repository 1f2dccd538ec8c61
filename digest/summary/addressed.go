package summary

import "strings"

// addressed tells how a sentence speaks to its reader, or to the machine that
// reads it, instead of reporting: it commands, asks, or says "you" outside a
// quotation. Empty where it reports. Nothing that a text says to whoever reads it
// is news, and what is said to a program is not meant for people at all.
func addressed(s string) string {
	ts := tokens(s)
	first := firstWord(ts)
	if first < 0 {
		return ""
	}
	quoted := attributed(ts)
	switch {
	case asks(s, quoted[first]):
		return "a question to the reader"
	case turnsTo(ts, quoted):
		return `speaks to the reader: "you"`
	case prompts(ts):
		return "speaks to a program"
	}
	if verb := command(ts, quoted, first); verb != "" {
		return "a command: " + verb
	}
	return ""
}

// attributed marks the tokens that are what somebody is quoted with. Where the
// quotes do not match, or nothing stands outside them, nobody is.
func attributed(ts []token) []bool {
	in := inQuotes(ts)
	quotes, outside := 0, false
	for i, t := range ts {
		if t.low == `"` {
			quotes++
		}
		outside = outside || t.kind == word && !in[i]
	}
	if quotes%2 == 1 || !outside {
		return make([]bool, len(ts))
	}
	return in
}

// asks reports whether a sentence is a question, and not one that is quoted of
// somebody.
func asks(s string, quoted bool) bool {
	end := strings.TrimRight(s, "\"”’»') ")
	return strings.HasSuffix(end, "?") && (!quoted || len(end) == len(s))
}

// turnsTo reports whether a sentence says "you" or "your" outside quotations.
func turnsTo(ts []token, quoted []bool) bool {
	for i, t := range ts {
		if t.kind == word && !quoted[i] && seconds[bare(t.low)] {
			return true
		}
	}
	return false
}

// seconds are the words for who is spoken to. "Thank you" is among them too.
var seconds = set("you your yours yourself yourselves")

// prompts reports whether a sentence says what the answer to a question is to be,
// or names a language model's inner parts.
func prompts(ts []token) bool {
	low := strings.Builder{}
	low.WriteByte(' ')
	for _, t := range ts {
		if t.kind == word {
			low.WriteString(t.low + " ")
		}
	}
	text := low.String()
	for _, phrase := range promptPhrases {
		if strings.Contains(text, phrase) {
			return true
		}
	}
	for _, noun := range outputs {
		at := strings.Index(text, " "+noun+" ")
		if at < 0 {
			continue
		}
		next := strings.Fields(text[at:])[1:]
		if len(next) > 1 && musts[next[0]] && shapes[next[1]] {
			return true
		}
	}
	return false
}

// promptPhrases are said to programs, in the languages in which attackers were
// seen to write; folded, with a space around.
var promptPhrases = []string{
	" system prompt ", " previous instructions ", " prior instructions ", " earlier instructions ", " above instructions ", " instructions above ",
	" earlier rules ", " previous rules ", " language model ", " as an ai ", " admin mode ", " developer mode ", " the assistant must ", " the assistant should ",
	" the assistant will ", " ai assistant ", " the chatbot must ", " the chatbot should ", " the bot must ", " the bot should ", " end of article ", " end of document ",
	" new instructions ", " important instruction ", " in the response ", " in the reply ", " in the answer ",
	" yok say ", " talimatlari ", " gormezden gel ", " nezere alma ", " təlimatları ",
	" игнорируи ", " игнорируй ", " игнорируите ", " игнорируйте ", " предыдущие инструкции ", " предыдущих инструкции ",
	" ignoriere ", " vorherigen anweisungen ", " instructions precedentes ", " ignorez ", " ignora ", " instrucciones anteriores ", " istruzioni precedenti ", " instrucoes anteriores ",
}

// outputs are what a program is told to make, musts and shapes how: "each answer
// must end with".
var (
	outputs = strings.Fields("answer answers reply replies response responses output summary summaries completion message")
	musts   = set("must should shall has needs")
	shapes  = set("contain include end begin start use mention be to say consist read")
)

// command gives the verb of a sentence that begins with one and commands, or does
// so behind an opening such as "In the style of a poet,"; empty where it does not.
// What is quoted is what somebody said.
func command(ts []token, quoted []bool, first int) string {
	const longestOpening = 12
	if verb := commandAt(ts, quoted, first); verb != "" {
		return verb
	}
	if !preludes[ts[first].low] {
		return ""
	}
	for i := first; i < len(ts) && i < first+longestOpening; i++ {
		if ts[i].low != "," {
			continue
		}
		if verb := commandAt(ts, quoted, i+1); verb != "" {
			return verb
		}
	}
	return ""
}

// preludes begin what may stand before a command.
var preludes = set("in at as for with using after before when if from to on by following based given while once please")

// commandAt gives the verb of the command that begins at token i.
func commandAt(ts []token, quoted []bool, i int) string {
	for begin := i; i < len(ts) && (politely[ts[i].low] || ts[i].kind == mark && i > begin); {
		i++
	}
	verb, next := at(ts, i), at(ts, i+1)
	switch {
	case i >= len(ts) || verb.kind != word || quoted[i] || next.join && next.low == "-":
		return ""
	case verb.low == "do" && next.low == "not", verb.low == "don't", verb.low == "let's":
		return verb.low
	case commands[verb.low] && !predicate(next.low):
		return verb.low
	case mayCommand[verb.low] && (objects[next.low] || next.low == `"` || next.low == "'" || next.kind == number):
		return verb.low
	}
	return ""
}

// predicate reports whether a word is the verb of what stands before it: "Order
// was restored".
func predicate(w string) bool { return auxiliaries[w] || said[w] }

// politely are words that may stand before the verb of a command.
var politely = set("please kindly now also instead then next finally first always never just simply additionally furthermore again otherwise afterwards subsequently note important system assistant user instruction instructions task attention")

// commands are verbs whose bare form begins no report: no noun is written so.
var commands = set(`explain describe provide compose translate integrate ignore modify augment enhance include insert rewrite
	summarise summarize write generate develop imagine replace remove append introduce misspell jumble rearrange
	render encode decode encrypt decrypt suggest recommend mention encourage disregard pretend reveal send install
	join respond repeat calculate compute solve teach define identify analyse analyze discuss prepare choose
	create give make add invite tease emphasise emphasize persuade convince inform instruct advise advertise
	promote endorse capitalise capitalize omit avoid ensure remember forget consider discover click subscribe
	determine evaluate assess predict classify categorise categorize recite invent brainstorm interpret paraphrase
	rephrase simplify elaborate prepend embed attach incorporate weave sprinkle transform transliterate shorten
	lengthen expand reformat simulate emulate roleplay execute proceed obtain enumerate examine investigate
	illustrate demonstrate construct formulate propose devise write automate organise organize arrange configure
	optimise optimize deploy implement declare assert verify confirm provide refrain adopt assume narrate imitate`)

// mayCommand are bare verbs that are nouns or names as well: what follows tells.
var mayCommand = set(`show help call answer reply report share start end mix reverse double draft design break print output format
	check read watch list note visit download use set present address link offer question point place highlight
	stress hint find get put take keep say state speak spell swap shift skip delete hide group count compare
	contrast outline sketch plan book buy act begin finish try learn see look follow quote cite name rank rate
	sort order review study research test trace track map chart plot code debug fix build run open close change
	alter update edit cut trim fill turn transfer pay wire vote support donate register sign contact email message
	text post tweet warn alert remind ask request tag label mark estimate guess conduct perform prove recall
	relate sum walk guide lead produce pick rhyme joke cook bake detail go come let express craft narrow filter
	search model base interview voice sound feed display forward copy paste return drop leave wrap split pair
	merge shuffle cipher shout whisper praise condemn blame accuse attack thank welcome greet wish congratulate
	apologise apologize tell claim schedule alternate stop sing select combine substitute convert anagram scramble
	insist believe become conclude enter`)

// objects are words that follow a verb that commands, and no noun.
var objects = set(`a an the this that these those my me us it him them every each all any some one two three four five
	how what why whether who which when where down out up following readers users people everyone anyone only
	another both several various more`)
