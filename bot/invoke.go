package bot

import (
	"context"

	"attache/digest/ask"
)

// invoked does what a command is for.
func (h *Handler) invoked(ctx context.Context, r Request) (outcome, error) {
	t, err := h.thread(ctx, r)
	if err != nil {
		return outcome{}, err
	}
	q := question{Question: ask.Question{Text: r.Text}, id: answerID(r.ID), moves: r.Alone}
	return h.ask(ctx, r, t, q)
}
