package story

import "slices"

// candidates finds the articles that share runs of words, without comparing all
// with all. Of a long text only every third run is entered, by the run's own
// hash, so that a text that holds another also holds its entries.
type candidates struct {
	byRun   map[uint32][]int32
	byTitle map[uint32][]int32
	hits    map[int32]int // kept between calls
}

const (
	shortText  = 80  // runs up to which a text is entered whole
	sampled    = 3   // one in so many runs of a longer one
	maxPosting = 300 // articles that share a run beyond which it tells nothing
)

func newCandidates() *candidates {
	return &candidates{byRun: map[uint32][]int32{}, byTitle: map[uint32][]int32{}, hits: map[int32]int{}}
}

// add enters the article at place n.
func (c *candidates) add(n int32, p *print) {
	if p.title != 0 {
		c.byTitle[p.title] = append(c.byTitle[p.title], n)
	}
	for _, run := range p.runs {
		if len(p.runs) > shortText && run%sampled != 0 {
			continue
		}
		if at := c.byRun[run]; len(at) < maxPosting {
			c.byRun[run] = append(at, n)
		}
	}
}

// of returns the places of the articles that may be copies, in order.
func (c *candidates) of(p *print) []int32 {
	clear(c.hits)
	for _, run := range p.runs {
		for _, n := range c.byRun[run] {
			c.hits[n]++
		}
	}
	// Two runs may be shared by chance; of a long text a copy shares far more, also
	// of the third of them that is entered.
	enough := max(3, min(len(p.runs)/20, 8))
	var found []int32
	for n, hits := range c.hits {
		if hits >= enough {
			found = append(found, n)
		}
	}
	for _, n := range c.byTitle[p.title] {
		if p.title != 0 {
			found = append(found, n)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
