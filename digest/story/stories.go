package story

// Stories groups the items into stories, all at once, as a [Window] does that
// knows all of them. It returns a group number for each item, in order of the
// first of each group, and why it is there, for people.
func Stories(items []Item) (groups []int, why []string) {
	w := NewWindow()
	for _, i := range byTime(items) {
		it := items[i]
		it.ID, it.Story, it.CopyOf = int64(i+1), 0, 0
		if c := w.Copy(it); c != nil {
			it.CopyOf = c.Of
		}
		w.Add(it)
	}
	groups, why = make([]int, len(items)), make([]string, len(items))
	for _, p := range w.Regroup().Placed {
		why[p.Article-1] = p.Why
	}
	numbers := map[int64]int{}
	for i := range items {
		story := w.Story(int64(i + 1))
		if _, ok := numbers[story]; !ok {
			numbers[story] = len(numbers)
		}
		groups[i] = numbers[story]
	}
	return groups, why
}
