package file

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"attache/bot"
)

// Check looks whether the folder of a place can be written into, or can be made
// where it isn't there.
func (a *Adapter) Check(_ context.Context, p bot.Place) []bot.Checkup {
	folder := a.folder(p)
	there, err := nearest(folder)
	if err == nil {
		err = tryWriting(there)
	}
	switch {
	case err != nil:
		return []bot.Checkup{{Verdict: bot.Broken, What: err.Error(), Remedy: remedy(err)}}
	case there != folder:
		return []bot.Checkup{{Verdict: bot.Well, What: folder + " will be made"}}
	}
	return []bot.Checkup{{Verdict: bot.Well, What: folder + " can be written into"}}
}

// nearest is the folder, or of those above it the first that is there.
func nearest(folder string) (string, error) {
	for {
		info, err := os.Stat(folder)
		above := filepath.Dir(folder)
		switch {
		case err == nil && info.IsDir():
			return folder, nil
		case err == nil:
			return "", fmt.Errorf("%s: %w", folder, syscall.ENOTDIR)
		case !errors.Is(err, fs.ErrNotExist) || above == folder:
			return "", err
		}
		folder = above
	}
}

// tryWriting makes a folder in a folder, and removes it.
func tryWriting(folder string) error {
	made, err := os.MkdirTemp(folder, ".attache-check-")
	if err != nil {
		return err
	}
	return os.Remove(made)
}
