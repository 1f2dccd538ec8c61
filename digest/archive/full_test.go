package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestFullDisk fills the archive's disk: what was stored is whole, nothing is
// claimed that can't be recorded, the error says what to do, and it goes on by
// itself when there is room.
func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	a, err := Open(ctx, filepath.Join(t.TempDir(), "attache.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	pages := func(more int) {
		t.Helper()
		var n int
		if err := a.write.QueryRow("PRAGMA page_count").Scan(&n); err != nil {
			t.Fatal(err)
		}
		// The limit is this connection's.
		if err := a.write.QueryRow(fmt.Sprintf("PRAGMA max_page_count = %d", n+more)).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	pages(40)
	payload := json.RawMessage(`"` + strings.Repeat("x", 6000) + `"`)
	stored := 0
	for full := false; !full; stored++ {
		root := fmt.Sprintf("%03d", stored)
		err := a.Plan(ctx, []Delivery{{Key: root, Place: "p", Payload: payload}, {Key: root + ".1", Place: "p", Parent: root, Payload: payload}})
		if full = err != nil; full && !strings.Contains(err.Error(), "is full: make room") {
			t.Fatalf("a full disk: %v", err)
		}
		if stored > 100 {
			t.Fatal("the disk was never full")
		}
	}
	stored-- // the last one wasn't

	var sent []string
	send := func() error {
		d, err := a.ClaimDelivery(ctx, time.Nanosecond)
		if d == nil || err != nil {
			return err
		}
		if err := a.DeliverySent(ctx, d, strings.Repeat("i", 5000)); err != nil {
			return err
		}
		sent = append(sent, d.Key)
		return nil
	}
	failed := 0
	for len(sent) < 2*stored {
		if err = send(); err == nil {
			continue
		}
		if failed++; !strings.Contains(err.Error(), "is full: make room") || failed > 100 {
			t.Fatal(err)
		}
		if failed%3 == 0 {
			pages(6)
		}
	}
	if failed == 0 {
		t.Error("the disk was not full while it was posted")
	}
	if !slices.IsSorted(sent) || len(slices.Compact(sent)) != 2*stored {
		t.Errorf("of %d planned threads were sent: %v", stored, sent)
	}
	if all, err := a.Deliveries(ctx, 1000); err != nil || len(all) != 2*stored {
		t.Errorf("%d deliveries are stored, %v; want %d", len(all), err, 2*stored)
	}
}
