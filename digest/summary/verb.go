package summary

import "strings"

// said are the verbs that give a speaker, as they stand in a report.
var said = set(`said says told tells announced announces stated added adds warned warns confirmed confirms denied
	denies claimed claims wrote writes argued argues insisted insists acknowledged admitted admits replied explained
	explains declared declares estimated estimates tweeted noted notes reported reports recalled stressed stresses
	pledged vowed alleged predicted emphasised emphasized reiterated urged demanded`)

// auxiliaries make a verb of what follows them.
var auxiliaries = set(`is are was were be been being am has have had having do does did will would shall should can could may might must
	isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't`)

// past are irregular past forms, and regular ones that are no adjectives by habit.
var past = set(`said told met held came went took began became broke brought built bought caught chose cut did drew drove
	fell felt fought found flew gave got grew had heard hit kept knew laid led left lent lost made paid ran rose saw
	sank sent shot shook shut sold sought spent spoke stood stole struck swore taught thought threw understood was
	were won wrote killed died signed arrested detained launched opened closed visited arrived announced ended started
	voted agreed approved rejected returned travelled traveled attacked resigned`)

// verbs are words that are nearly always a verb in news, beside those in -ed.
var verbs = set(`says tells goes comes takes gives makes gets keeps holds meets visits faces plans seeks wants needs hopes
	aims begins starts ends opens closes rises falls grows drops cuts hits kills leads leaves loses wins wins' moves
	calls asks urges warns denies rejects accepts approves agrees signs sells buys sends receives remains becomes
	seems appears shows finds includes requires allows lets brings builds runs stands sits lies loads sails arrives
	threatens accuses condemns praises backs supports opposes blocks bans lifts imposes extends suspends resumes
	halts delays raises lowers boosts expands reaches passes faces fears believes thinks knows understand expect
	expects want need say tell go come take give make get keep hold meet seek hope begin rise fall grow drop lead
	leave lose win move call ask warn deny reject accept agree sell buy send receive remain become seem appear show
	find include require allow bring build run stand know think believe pay pays work works live lives vote votes
	continue continues hurt put puts set sets read reads spread spreads told met held came went took began became
	broke brought built bought caught chose drew drove fell felt fought found flew gave got grew heard kept knew
	laid led left lent lost made paid ran rose saw sank sent shot shook shut sold sought spent spoke stood stole
	struck swore taught thought threw understood won wrote hands surges slips soars jumps climbs slides tumbles
	surge soar jump climb retreat advances retreats strikes fires launches intensify follow follows collapse
	demand demands protest protests march marches resign resigns quits quit wed dies die arrest arrests detain
	detains hold wait waits use uses look looks turn turns play plays pose poses carry carries cover covers
	recall recalls regard regards see sees serve serves offer offers`)

// notVerbs are words in -ed that are no verb.
var notVerbs = set("united need bed red hundred indeed speed seed feed breed sacred hatred embed newlywed naked armed unnamed so-called")

// verbLike reports whether a folded word may be the verb of a sentence.
func verbLike(w string) bool {
	if auxiliaries[w] || said[w] || verbs[w] || past[w] {
		return true
	}
	if i := strings.LastIndexByte(w, '\''); i > 0 {
		switch w[i:] {
		case "'ll", "'ve", "'re", "'d", "'m":
			return true
		}
	}
	return len(w) > 3 && strings.HasSuffix(w, "ed") && !notVerbs[w]
}
