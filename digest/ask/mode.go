package ask

import (
	"regexp"
	"strings"
)

// modePattern tells a mode by the words of a question. The first that fits decides.
type modePattern struct {
	mode Mode
	re   *regexp.Regexp
}

var compares = regexp.MustCompile(`\b(compar(e|ed|es|ison|ing)|differences? between|side by side)\b`)

var modePatterns = []modePattern{
	{Compare, compares},
	{Timeline, regexp.MustCompile(`\b(time ?line|chronolog(y|ical)|sequence of events|step by step|history of)\b`)},
	{Count, regexp.MustCompile(`^count\b|\b(how many|number of|how often|count of|how much (coverage|reporting)|a count)\b|\bcount$`)},
	{Why, regexp.MustCompile(`\bwhy\b|\bwhat (has |had )?(started|caused|causes|triggered|provoked|sparked|led to|set off|is behind|was behind|lies behind|prompted)\b|\breasons? (for|behind|why)\b|\bhow come\b|\bcauses? of\b|\bwhat's behind\b|^reasons?$`)},
	{WhoSaid, regexp.MustCompile(`\bwho (said|says|say|told|claims?|claimed|denie[sd]|announced|commented|is saying|was saying|quoted)\b`)},
	{WhoSaid, regexp.MustCompile(`\b(what|how) (did|does|do|has|have|had|is|are|was|were)\b.*\b(say|said|saying|says|write|written|wrote|writing|report|reported|reporting|claims?|claimed|think|announced?|demand(ed)?|tell|told|comment(ed)?|publish(ed)?|print(ed)?|react(ed)?|respond(ed)?|reply|replied|answer(ed)?|call(ed)? for)\b`)},
	{WhoSaid, regexp.MustCompile(`\b(reactions?|reacts?|reacted|positions?|stance|views?|viewpoint|statements?|comments?|remarks?|quotes?|responses?|responded|says?|said|saying|wording|quoted)\b`)},
	{WhoSaid, regexp.MustCompile(`\bwhich (states?|countries|members?|governments?|parties|party|ministers?) (object|support|oppose|back|reject|agree|disagree|condemn|welcome|want|demand)`)},
	{Latest, regexp.MustCompile(`\b(latest|newest|any|anything|what's new|what is new|whats new|news|updates?|recent(ly)?|what happened|what's happening|what is happening|new on)\b`)},
}

// modeOf tells the mode that the words name. The words are folded, one space
// between two.
func modeOf(words string) (Mode, bool) {
	for _, p := range modePatterns {
		if p.re.MatchString(words) {
			return p.mode, true
		}
	}
	return "", false
}

var (
	forecast = regexp.MustCompile(`^((and|so|ok|but) )?(will|would|should|shall|could|is there going to be|are we going to)\b|\b(predict(ion|ions)?|forecasts?|odds|likelihood|probability|probabilities|how likely|chances? (of|that|are)|what will|who will|how will|going to (win|happen|attack|invade|strike|fall|collapse|fail|win)|what happens next|what comes next|crystal ball|your (guess|opinion|view|take)|do you think|in your (view|opinion))\b`)
	offTopic = regexp.MustCompile(`\b(weather|temperature outside|joke|jokes|poem|poetry|haiku|limerick|song|lyrics|sing|recipes?|cook|cooking|restaurants?|kebab|pizza|hotels?|book (me )?a|flights? to book|cheap flights?|holiday in|vacation|tourist|sightseeing|football(er|ers)?|soccer|basketball|tennis|cricket|chess|golf|formula 1|grand prix|olympic medals?|world cup|champions league|premier league|match score|league table|who won the (game|match|cup|league|race|final)|goal(keeper|scorer)|movie|movies|film recommendation|netflix|celebrity|eurovision|horoscope|zodiac|lottery|password|translate|my homework|essay|write (me )?(a|an|some) (code|program|script|email|e-mail|letter|essay|story|speech)|python|javascript|stock tips?|should i|which stocks?|bitcoin|crypto|capital of|population of|currency of|what is the meaning of life|how old are you|who are you|are you (human|a bot|an ai|real|chatgpt)|your name|how are you|good (morning|night|evening)|thank you|thanks|i love you|marry me|what time is it|lunch|dinner|coffee|diet|workout|birthday|ignore (all|your|previous)|system prompt|dating)\b|\b\d+ ?[-+*x/] ?\d+ ?=|^what is \d+`)
)

// greeting is what is said to a person, and asks for nothing.
var greeting = regexp.MustCompile(`^(hello|hi|hey|hiya|hallo|salam|shalom|merhaba|ok|okay|test|testing|ping)( (there|all|everyone|attache|bot|again))?$`)

// everything are the words that ask for all there is, where no slot is named.
var everything = regexp.MustCompile(`\b(all|everything|summar\w+|brief|digest|(what|anything|something|whats|what's) else)\b`)

// judgement asks whether what was answered is so, and names nothing.
var judgement = regexp.MustCompile(`^((and|but|so|ok) )*(is|was|are|were|has|have) (it|this|that|they|these|those|anything|any|any of (it|this|that|these|them))( now| really| been)* (confirmed|denied|official|officially confirmed|verified|true|right|certain|sure)( yet| now| by (anyone|anybody|others))*$`)

// refusal tells why the words are no question for an archive; empty where they
// are one.
func refusal(words string) string {
	switch {
	case greeting.MatchString(words):
		return "nothing asked"
	case judgement.MatchString(words):
		return "judgement"
	case offTopic.MatchString(words):
		return "off topic"
	case forecast.MatchString(words):
		return "forecast"
	}
	return ""
}

// spoken joins the tokens of a question to folded words, for the patterns above.
func (r *reading) spoken() string {
	var words []string
	for i, t := range r.toks {
		if isWord(r.fold[i]) || t.text == "+" || t.text == "=" || t.text == "*" {
			words = append(words, r.fold[i])
		}
	}
	return strings.Join(words, " ")
}
