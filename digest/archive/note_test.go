package archive_test

import (
	"encoding/json"
	"errors"
	"testing"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func TestNotes(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := t.Context()
		if v, err := a.Note(ctx, "runner", "alive"); v != nil || err != nil {
			t.Errorf("nothing was noted: %s, %v", v, err)
		}
		err := errors.Join(
			a.SetNote(ctx, "runner", "alive", json.RawMessage(`1`)), a.SetNote(ctx, "other", "alive", json.RawMessage(`2`)),
			a.SetNote(ctx, "runner", "alive", json.RawMessage(`{"at":3}`)))
		if v, read := a.Note(ctx, "runner", "alive"); string(v) != `{"at":3}` || err != nil || read != nil {
			t.Errorf("noted: %s, %v, %v", v, err, read)
		}
	})
}
