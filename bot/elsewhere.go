package bot

import (
	"context"
	"strings"
	"time"
)

// elsewhere says which other desks have the stories whose numbers stand for none
// of an answer's desk, and offers them.
func (h *Handler) elsewhere(ctx context.Context, a *answer, desk Desk, by time.Time) (text string, actions []Action, err error) {
	if h.Desks == nil {
		return "", nil, nil
	}
	var said []string
	for _, ref := range a.Head.Absent {
		if !storyNumber.MatchString(ref) {
			continue
		}
		for _, other := range h.Desks.Base {
			if other.Name == desk.Name {
				continue
			}
			id, err := h.converser().storyOf(ctx, other.Name, ref, by)
			if err != nil {
				return "", nil, err
			}
			if id == 0 {
				continue
			}
			said = append(said, "The desk "+other.Name+" has a story "+ref+".")
			actions = append(actions, Action{Label: other.Name + " " + ref, Do: doStoryMore, On: other.Name + "/" + ref})
		}
	}
	return strings.Join(said, " "), actions, nil
}
