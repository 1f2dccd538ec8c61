package ask

import (
	"time"

	"attache/digest/actor"
)

// Mode is what sort of answer is wanted.
type Mode string

// The modes.
const (
	Latest   Mode = "latest"
	Timeline Mode = "timeline"
	WhoSaid  Mode = "who-said"
	Count    Mode = "count"
	Compare  Mode = "compare"
	Why      Mode = "why"
)

// Slots is what a question asks for. A conversation keeps them, as JSON, for
// the questions that follow.
type Slots struct {
	Mode     Mode         `json:"mode"`
	Actors   []string     `json:"actors,omitempty"` // ids, in the order in which they were named
	Dyad     *actor.Dyad  `json:"dyad,omitempty"`   // where the question is about a pair
	Pairs    []actor.Dyad `json:"pairs,omitempty"`  // where it compares two of them, or one with nothing
	Themes   []string     `json:"themes,omitempty"` // ids
	Loose    bool         `json:"loose,omitempty"`  // the themes were told by a word that says little, as "row"
	Outlets  []string     `json:"outlets,omitempty"`
	Period   *Period      `json:"period,omitempty"` // nil where none was named
	Versus   *Period      `json:"versus,omitempty"` // the one that it is compared with
	Sides    [][]string   `json:"sides,omitempty"`  // two themes that are compared, each of its ids
	Words    []string     `json:"words,omitempty"`  // what is left, as typed
	Persons  []string     `json:"persons,omitempty"`
	Speaker  *Speaker     `json:"speaker,omitempty"` // the state or body whose statements are asked for
	Places   []string     `json:"places,omitempty"`  // as typed, that lie in one of the actors: "Ceyhan"
	Figures  []string     `json:"figures,omitempty"` // what the figures are of that it asks for: "price", "people"
	Stories  []int64      `json:"stories,omitempty"`
	Articles []int64      `json:"articles,omitempty"`
	Together bool         `json:"together,omitempty"` // what only names the actors is asked for
	Shown    int          `json:"shown,omitempty"`    // how many stories the answers so far showed, where there may be more

	Pending *Pending `json:"pending,omitempty"` // the question that waits for an answer to a doubt
	Refused bool     `json:"refused,omitempty"` // the last question was refused
}

// Speaker is who is asked to have said something: "what did Armenia's foreign
// ministry say", "US position".
type Speaker struct {
	Typed  string   `json:"typed"`
	Actors []string `json:"actors"`          // ids
	Words  []string `json:"words,omitempty"` // of the body, folded: "foreign", "ministry"
}

// Pending is a question that could not be read without asking back.
type Pending struct {
	Slots Slots `json:"slots"`
	Doubt Doubt `json:"doubt"`
}

// Doubt is a name that has several readings.
type Doubt struct {
	Name    string   `json:"name"`              // as typed
	Actors  []string `json:"actors,omitempty"`  // ids that it may stand for
	Other   []string `json:"other,omitempty"`   // readings that are no actor: "Georgia (U.S. state)"
	Outlets bool     `json:"outlets,omitempty"` // it asks for outlets without a name: "Iranian outlets"
}

// Referent is what a short name in a thread stands for: "12.1" a story, "4" an
// article.
type Referent struct {
	Name    string // without brackets
	Story   int64  // 0 for none
	Article int64
}

// Question is what was typed, and what its thread has spoken of. A command has a
// Mode beside its text, and no Before. A button has no text: with the slots of
// the answer that it stands under as Before, it passes the offer that it stands for,
// and with OfferMore how many stories were shown.
type Question struct {
	Text   string
	Before *Slots // the conversation's slots; nil for a first question
	About  []Referent
	Within *Within // what it is about as long as it names nobody; nil: all there is

	Mode    Mode   // wins over what the words say; empty for none
	Offer   string // of the answer before, that is taken up: OfferMonth
	More    int    // so many stories were shown before, and it goes on with the next; a timeline has all its steps
	Reading string // the id of the actor that the doubt of the answer before is settled by
}

// pressed reports whether more is asked for than the text says.
func (q Question) pressed() bool {
	return q.Mode != "" || q.Offer != "" || q.More > 0 || q.Reading != ""
}

// Asker is who asks.
type Asker struct {
	Name    string
	Zone    *time.Location // nil is UTC
	Follows []string       // ids of actors that the asker's desk follows
	Now     time.Time
	Then    bool // Now is another time than the present
}

func (a Asker) now() time.Time {
	if a.Zone == nil {
		return a.Now.UTC()
	}
	return a.Now.In(a.Zone)
}

// Status is what became of a question.
type Status string

// The statuses.
const (
	OK      Status = "ok"
	Clarify Status = "clarify" // a name has several readings
	Refuse  Status = "refuse"  // no question for an archive
	Unknown Status = "unknown" // a name that is no actor's, a number that is no story's: nothing is searched
)

// Misread is a name that was read as another, or could not be read.
type Misread struct {
	Typed   string   `json:"typed"`
	Words   bool     `json:"words,omitempty"`   // no article has the words either
	As      string   `json:"as,omitempty"`      // the id of the actor it was taken for; empty where it is unknown
	Nearest []string `json:"nearest,omitempty"` // names that come near
}

// Understanding is a question as it was read.
type Understanding struct {
	Slots     Slots     `json:"slots"` // to search by; for a refusal or a doubt, those kept, and the doubt
	Status    Status    `json:"status"`
	Reason    string    `json:"reason,omitempty"` // of a refusal: "forecast", "judgement", "off topic" or "nothing asked"
	Doubts    []Doubt   `json:"doubts,omitempty"`
	Misread   []Misread `json:"misread,omitempty"`
	Misdated  *Misdated `json:"misdated,omitempty"`  // the period, where nothing can be of it
	Absent    []string  `json:"absent,omitempty"`    // "12.1" and "[4]" that stand for nothing in the thread
	Inherited []string  `json:"inherited,omitempty"` // slots that came from the question before, by their JSON names

	onlyWords bool     // it names nothing but words
	names     []string // words of it that are written as names, and are no slot's
}
