// Package file puts messages into a folder, for a static site or another program
// to read: each as a web page, as Markdown, as JSON and as plain text.
//
// Begin with [Adapter]. A message is a folder of its own, which appears whole or
// not at all.
package file

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"attache/bot"
)

// Adapter writes into folders. It is a [bot.Adapter].
type Adapter struct {
	Root string // what a place's folder is relative to
}

// Plan makes one part of a whole thread: its files, by their names.
func (*Adapter) Plan(_ bot.Place, t bot.Thread) ([]bot.Part, error) {
	files, err := render(t)
	if err != nil {
		return nil, err
	}
	payload, err := json.Marshal(contents{Version: version, Files: files})
	if err != nil {
		return nil, fmt.Errorf("writing files as JSON: %w", err)
	}
	return []bot.Part{{Payload: payload}}, nil
}

// contents is the payload of a part.
type contents struct {
	Version int               `json:"version"`
	Files   map[string]string `json:"files"`
}

// version is that of contents.
const version = 1

// Post writes the files of a part. The id is the name of their folder.
func (a *Adapter) Post(ctx context.Context, p bot.Post) (id string, err error) {
	var c contents
	if err := json.Unmarshal(p.Payload, &c); err != nil || c.Version != version {
		return "", &bot.RefusedError{Err: errors.New("these files were planned by another version of attache: drop this delivery, and post the edition again")}
	}
	if err := ctx.Err(); err != nil {
		return "", &bot.RetryError{Err: err}
	}
	s, err := a.open(p.Place, true)
	if err != nil {
		return "", &bot.RetryError{Err: explain(p.Place, err)}
	}
	defer s.close()
	id, err = s.write(ctx, p, c.Files)
	if err != nil {
		return "", explain(p.Place, err)
	}
	return id, nil
}

// Find looks for the folder that bears the part's mark.
func (a *Adapter) Find(_ context.Context, p bot.Post) (found bot.Finding, id string, err error) {
	s, err := a.open(p.Place, false)
	if errors.Is(err, fs.ErrNotExist) {
		return bot.NotThere, "", nil
	}
	if err != nil {
		return bot.CannotTell, "", explain(p.Place, err)
	}
	defer s.close()
	id, _, err = s.find(p)
	switch {
	case err != nil:
		return bot.CannotTell, "", explain(p.Place, err)
	case id == "":
		return bot.NotThere, "", nil
	}
	return bot.There, id, nil
}

// Withdraw removes the folder of a part.
func (a *Adapter) Withdraw(_ context.Context, place bot.Place, id string) error {
	s, err := a.open(place, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain(place, err)
	}
	defer s.close()
	if err := s.remove(id); err != nil {
		return explain(place, err)
	}
	return nil
}

// open opens the folder of a place, and makes it where that is wanted.
func (a *Adapter) open(p bot.Place, make bool) (*shelf, error) {
	folder := a.folder(p)
	if make {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return &shelf{root}, nil
}

func (a *Adapter) folder(p bot.Place) string {
	if filepath.IsAbs(p.Channel) {
		return filepath.Clean(p.Channel)
	}
	return filepath.Join(a.Root, p.Channel)
}
