// Package actor knows who acts: states, organisations, groups, companies and
// persons; it finds them in texts and says which of them a text is about.
//
// Begin with [Load], which builds the catalogue, [Catalogue.Find], which finds
// every mention, and [Catalogue.Tag], which tells what a text is about.
package actor

import "strings"

// Kind is what sort of actor an actor is.
type Kind string

// The kinds of actor.
const (
	State        Kind = "state"
	Organisation Kind = "organisation" // made of states, as the EU or OPEC+
	Group        Kind = "group"        // armed or political, as Hamas
	Company      Kind = "company"
	Institution  Kind = "institution" // of one state, as the Kremlin or the IDF
	Person       Kind = "person"
)

// Actor is one entry of the catalogue.
type Actor struct {
	ID      string // [A-Z0-9]+; ISO 3166 alpha-3 for states
	Name    string // as shown, "Azerbaijan"
	Kind    Kind
	Country string // the state it counts as (alpha-3); a state's own id; empty for organisations of states
	QID     string // Wikidata's, checked; empty for none
}

// Dyad is an unordered pair of actors, kept sorted by id.
type Dyad struct{ A, B string }

// Pair makes the dyad of two actors' ids, in either order.
func Pair(a, b string) Dyad {
	if b < a {
		a, b = b, a
	}
	return Dyad{a, b}
}

// ParseDyad reads the form that String writes, "AZE-ISR".
func ParseDyad(s string) (Dyad, bool) {
	a, b, ok := strings.Cut(s, "-")
	if !ok || a == "" || b == "" || a == b {
		return Dyad{}, false
	}
	return Pair(a, b), true
}

// String is the dyad's id, "AZE-ISR".
func (d Dyad) String() string { return d.A + "-" + d.B }

// Mention is a place where a text names an actor.
type Mention struct {
	Actor string // id
	Start int    // bytes, in the text that was searched
	End   int
}

// About is an actor that a text is about, and why.
type About struct {
	Actor  string  // id
	Weight float64 // in (0, 1], the largest first
	Why    string  // the words and places that made it so, for people
}

// Acting is a dyad whose members act on, or speak about, each other in a text.
type Acting struct {
	Dyad   Dyad
	Weight float64
	Why    string // quotes the words of the sentence that joins them
}

// Tags is what a text is about.
type Tags struct {
	About    []About   // best first
	Dyads    []Acting  // best first; of states, or as the catalogue's other actors where one is none's
	Focus    string    // the one state it is most about; empty when there is none
	Mentions []Mention // in the body, in order; every actor named, also those it is not about
}
