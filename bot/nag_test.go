package bot

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestNag(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b strings.Builder
		log, n := slog.New(slog.NewTextHandler(&b, nil)), nag{}
		for range 150 {
			n.error(log, "delivering", errors.New("no database"))
			time.Sleep(time.Second)
		}
		n.error(log, "delivering", errors.New("the disk is full"))
		if got := strings.Count(b.String(), "no database"); got != 3 || !strings.Contains(b.String(), "the disk is full") {
			t.Errorf("%s", b.String())
		}
	})
}
