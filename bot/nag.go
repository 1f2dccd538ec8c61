package bot

import (
	"log/slog"
	"sync"
	"time"
)

// nag logs what goes wrong again and again, such as a database that is down, once
// a minute.
type nag struct {
	mu    sync.Mutex
	said  string
	again time.Time
}

func (n *nag) error(log *slog.Logger, doing string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now, text := time.Now(), doing+": "+err.Error()
	if text == n.said && now.Before(n.again) {
		return
	}
	n.said, n.again = text, now.Add(time.Minute)
	log.Error(doing, "error", err)
}
