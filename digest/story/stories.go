package story

// negligible is the part of the threshold below which a likeness is left out.
const negligible = .25

// Stories groups the items into stories, all at once: average-link clustering.
// It returns a group number for each item, in order of the first of each group.
func Stories(items []Item) []int {
	f := newField()
	for i := range items {
		f.add(f.words.bag(&items[i]), items[i].Published)
	}
	f.weigh()
	edges := f.edges()
	groups := link(edges, f.threshold)
	numbers := make(map[int]int)
	for i, first := range groups {
		if _, ok := numbers[first]; !ok {
			numbers[first] = len(numbers)
		}
		groups[i] = numbers[first]
	}
	return groups
}

// edges returns each article's measured likenesses to all others, without those
// so far below the threshold that they decide nothing.
func (f *field) edges() []map[int32]float32 {
	near := make([][]edge, len(f.docs))
	for n := range f.docs {
		near[n] = f.alike(f.docs[n].bag, f.docs[n].at)
		for _, e := range near[n] {
			if int(e.to) != n {
				f.docs[n].meet(e.like)
			}
		}
	}
	f.setThreshold()
	least := f.threshold * negligible
	edges := make([]map[int32]float32, len(f.docs))
	for n := range near {
		edges[n] = make(map[int32]float32, 2*crowd)
		for _, e := range near[n] {
			like := measured(e.like, f.docs[n].crowding(), f.docs[e.to].crowding())
			if int(e.to) != n && like >= least {
				edges[n][e.to] = like
			}
		}
	}
	return edges
}
