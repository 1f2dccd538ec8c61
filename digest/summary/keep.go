package summary

import "strings"

// What a shortened sentence may not lose: each set with the name it has in a
// reason.
var (
	negations = set(`not no never none neither nor nobody nothing nowhere without cannot unable lack lacks lacked isn't aren't wasn't
		weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't fail fails failed failing
		refuse refuses refused refusing avoid avoided prevent prevented stopped short`)
	hedges = set(`may might could would should can must shall will likely unlikely probably possibly perhaps maybe apparently reportedly
		allegedly alleged purportedly purported supposedly supposed seemingly presumably suspected believed thought expected rumoured
		rumored potential potentially possible seem seems seemed appear appears appeared tentatively provisionally planned proposed
		draft would-be so-called unconfirmed preliminary former acting interim partial attempted tried intends plans plan considering`)
	attributions = set(`according citing cites cited quoting quoted per via believe believes believed think thinks thought estimate estimates accuse
		accuses accused accusing allege alleges alleging claim claiming suggest suggests suggested reportedly sources hear heard show shows showed
		say saying report asserted asserts maintains maintained contends contended concluded found suspects suspect fear fears`)
	conditions = set(`if unless until till provided providing assuming pending conditional conditionally subject once otherwise whether
		exchange return contingent lest depending barring condition proviso`)
	quantities = set(`only least most more less fewer than nearly almost about around roughly approximately up part parts partly partially half some
		several many few all every each any just merely barely hardly both maximum minimum mostly mainly largely chiefly primarily over under
		solely exclusively entirely fully average total`)
	contrasts = set(`but although though while whereas despite yet except excluding unlike instead rather nevertheless nonetheless
		notwithstanding even albeit contrary however`)
	denials = set(`deny denies denied denying denial dispute disputes disputed disputing contest contests contested refute refutes refuted
		contradict contradicts contradicted unverified unconfirmed false untrue wrong retracted void forged fake fabricated
		baseless unfounded groundless mistaken inaccurate disproved debunked authenticity doubt doubts doubted`)
	reversals = set(`reject rejects rejected rejecting dismiss dismisses dismissed verify verified verification confirmed confirm proven proved
		withdrew withdrawn cancelled canceled suspended postponed reversed overturned rescinded annulled quashed scrapped revoked`)
)

// accusations are what is denied where it is rejected.
var accusations = set(`charge charges accusation accusations allegation allegations claim claims report reports wrongdoing it them this that
	involvement responsibility suggestion suggestions criticism findings verdict any all`)

// takesBack reports whether [from, to) denies or undoes what the sentence says: a
// word of denial, or one of undoing that has an accusation for its object, or
// none.
func (r reading) takesBack(from, to int) bool {
	if r.any(from, to, denials) {
		return true
	}
	for i := from; i < to; i++ {
		if !reversals[r.low(i)] {
			continue
		}
		if i+1 == to || r.any(from, i, be, negations) || r.low(i-1) == "later" || r.any(i+1, to, accusations) || !r.opensVerb(from, i) {
			return true
		}
	}
	return false
}

// opensVerb reports whether the verb at token i is the first of its part, with no
// other subject: "which rejected", "and rejected", not "which Baku rejected".
func (r reading) opensVerb(from, i int) bool {
	for k := from; k < i; k++ {
		if w := r.low(k); !relatives[w] && !auxiliaries[w] && !adverbs[w] && w != "and" && w != "," {
			return false
		}
	}
	return true
}

// relatives begin a clause that tells more of a noun; without a comma before it,
// which one is meant.
var relatives = set("who whom whose which")

// losses are the sets in the order in which a reason looks for them.
var losses = []struct {
	words map[string]bool
	name  string
}{
	{conditions, "a condition"},
	{negations, "a negation"},
	{denials, "a denial"},
	{reversals, "a denial"},
	{contrasts, "what speaks against it"},
	{said, "who says so"},
	{attributions, "who says so"},
	{hedges, "a reserve"},
	{quantities, "a limit on how many or how much"},
}

// loss is the reason why a part may not go.
func loss(part string) string {
	ts := tokens(part)
	for _, l := range losses {
		for _, t := range ts {
			if l.words[t.low] {
				return "drops " + quote(part) + ": " + l.name
			}
		}
	}
	if strings.Contains(part, `"`) {
		return "drops " + quote(part) + ": a quotation, or its marks"
	}
	return "drops " + quote(part) + ": no rule allows it"
}
