package story

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// slowLink is average link by the book: all pairs of groups in each round.
func slowLink(likes [][]float32, apart []marks, threshold float32) []int {
	groups := make([][]int, len(likes))
	for i := range likes {
		groups[i] = []int{i}
	}
	for {
		best, x, y := float32(0), -1, -1
		for a := range groups {
			for b := a + 1; b < len(groups); b++ {
				sum, against := float32(0), false
				for _, i := range groups[a] {
					for _, j := range groups[b] {
						sum += likes[i][j]
						against = against || apart[i].against(apart[j])
					}
				}
				if avg := sum / float32(len(groups[a])*len(groups[b])); !against && avg >= threshold && avg > best {
					best, x, y = avg, a, b
				}
			}
		}
		if x < 0 {
			break
		}
		groups[x] = append(groups[x], groups[y]...)
		groups = slices.Delete(groups, y, y+1)
	}
	first := make([]int, len(likes))
	for _, g := range groups {
		for _, i := range g {
			first[i] = slices.Min(g)
		}
	}
	return first
}

func TestLink(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 40 {
		n := 2 + r.IntN(25)
		likes := make([][]float32, n)
		edges, apart := make([]map[int32]float32, n), make([]marks, n)
		for i := range likes {
			likes[i], edges[i] = make([]float32, n), map[int32]float32{}
		}
		for i := range n {
			for j := range i {
				if r.IntN(3) > 0 {
					// steps of 1/64 add up without rounding
					like := float32(1+r.IntN(64)) / 64
					likes[i][j], likes[j][i] = like, like
					edges[i][int32(j)], edges[j][int32(i)] = like, like
				}
			}
		}
		for mark := range int64(r.IntN(4)) {
			apart[r.IntN(n)] = marks{mark + 1}
			for range r.IntN(5) {
				i := r.IntN(n)
				apart[i] = apart[i].and(marks{-mark - 1})
			}
		}
		want := slowLink(likes, apart, .4)
		if got := link(edges, apart, .4); !slices.Equal(got, want) {
			t.Fatalf("groups are %v, want %v", got, want)
		}
	}
}
