package story

import "slices"

// Copies groups the items that are copies of one text. It returns a group number
// for each item, in order of the first of each group, and -1 for an item without
// a copy. A correction is in the group of what it corrects.
func Copies(items []Item) []int {
	all := make([]judged, len(items))
	parent := make([]int, len(items))
	for i := range items {
		all[i], parent[i] = judge(&items[i]), i
	}
	near := newCandidates()
	for _, i := range byTime(items) {
		for _, n := range near.of(all[i].print) {
			if root(parent, i) != root(parent, int(n)) && compare(&all[i], &all[n]).copied {
				parent[root(parent, i)] = root(parent, int(n))
			}
		}
		near.add(int32(i), all[i].print)
	}
	return number(parent)
}

// root is the first of the set that i belongs to; it shortens the way to it.
func root(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

// number gives the sets of several members numbers, in order.
func number(parent []int) []int {
	size := make([]int, len(parent))
	for i := range parent {
		size[root(parent, i)]++
	}
	groups, next := make([]int, len(parent)), 0
	numbers := map[int]int{}
	for i := range parent {
		r := root(parent, i)
		if size[r] < 2 {
			groups[i] = -1
			continue
		}
		if _, ok := numbers[r]; !ok {
			numbers[r] = next
			next++
		}
		groups[i] = numbers[r]
	}
	return groups
}

// byTime orders places by publication; those of the same time by id, then place.
func byTime(items []Item) []int {
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if d := items[a].Published.Compare(items[b].Published); d != 0 {
			return d
		}
		return int(min(max(items[a].ID-items[b].ID, -1), 1))
	})
	return order
}
