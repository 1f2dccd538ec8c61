package story

import (
	"container/heap"
)

// link joins places into groups by average link: again and again the two groups
// whose members are most alike on average, down to the threshold. An edge that is
// not there is no likeness. Equal likenesses are taken in order of place. Edges
// are used up. It returns each place's group by the place of its first member.
//
// Groups that are kept apart by the marks of their places are never joined.
func link(edges []map[int32]float32, apart []marks, threshold float32) []int {
	l := linker{sums: edges, apart: apart, size: make([]int32, len(edges)), changed: make([]int32, len(edges)), threshold: threshold}
	parent := make([]int, len(edges))
	for n := range edges {
		l.size[n], parent[n] = 1, n
	}
	for n := range edges {
		for to, like := range edges[n] {
			if int(to) > n {
				l.offer(int32(n), to, like)
			}
		}
	}
	heap.Init(&l.queue)
	for l.queue.Len() > 0 {
		p := heap.Pop(&l.queue).(pair)
		if p.changedA != l.changed[p.a] || p.changedB != l.changed[p.b] {
			continue // one of them has grown since
		}
		l.merge(p.a, p.b)
		parent[p.b] = int(p.a)
	}
	for n := range parent {
		parent[n] = root(parent, n)
	}
	return parent
}

type linker struct {
	sums      []map[int32]float32 // of the likenesses between two groups
	apart     []marks
	size      []int32
	changed   []int32 // how often a group has grown; -1 for one that was merged into another
	queue     pairs
	threshold float32
}

// offer queues two groups, the lower place first, if they are alike enough and may be
// joined.
func (l *linker) offer(a, b int32, sum float32) {
	like := sum / (float32(l.size[a]) * float32(l.size[b]))
	if like >= l.threshold && !l.apart[a].against(l.apart[b]) {
		l.queue = append(l.queue, pair{like, a, b, l.changed[a], l.changed[b]})
	}
}

// merge makes b part of a.
func (l *linker) merge(a, b int32) {
	delete(l.sums[a], b)
	delete(l.sums[b], a)
	for to, sum := range l.sums[b] {
		l.sums[a][to] += sum
		delete(l.sums[to], b)
	}
	l.sums[b] = nil
	l.apart[a] = l.apart[a].and(l.apart[b])
	l.size[a] += l.size[b]
	l.changed[a]++
	l.changed[b] = -1
	for to, sum := range l.sums[a] {
		l.sums[to][a] = sum
		before := len(l.queue)
		l.offer(min(a, to), max(a, to), sum)
		if len(l.queue) > before {
			heap.Fix(&l.queue, len(l.queue)-1)
		}
	}
}

// pair is two groups that may be merged, as they were when it was queued.
type pair struct {
	like               float32
	a, b               int32
	changedA, changedB int32
}

// pairs is a heap, the most alike first.
type pairs []pair

func (p pairs) Len() int      { return len(p) }
func (p pairs) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p pairs) Less(i, j int) bool {
	switch {
	case p[i].like != p[j].like:
		return p[i].like > p[j].like
	case p[i].a != p[j].a:
		return p[i].a < p[j].a
	}
	return p[i].b < p[j].b
}

// Push adds a pair, as [heap.Interface] wants it.
func (p *pairs) Push(x any) { *p = append(*p, x.(pair)) }

// Pop takes the last pair off, as [heap.Interface] wants it.
func (p *pairs) Pop() any {
	old := *p
	last := old[len(old)-1]
	*p = old[:len(old)-1]
	return last
}
