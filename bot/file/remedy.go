package file

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"attache/bot"
)

// explain says in a place's name what went wrong, and what to do about it. Of what
// type an error is, it stays.
func explain(place bot.Place, err error) error {
	if do := remedy(err); do != "" {
		return fmt.Errorf("%s: %w: %s", place, err, strings.ToLower(do[:1])+do[1:])
	}
	return fmt.Errorf("%s: %w", place, err)
}

// remedy is what to do about an error, a sentence; empty where nobody knows.
func remedy(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "The disk is full: make room, and it goes on by itself"
	case errors.Is(err, syscall.EFBIG):
		return "The file is larger than attache may write: raise the limit (ulimit -f)"
	case errors.Is(err, syscall.EROFS):
		return "The disk can only be read: mount it for writing, or name another folder"
	case errors.Is(err, fs.ErrPermission):
		return "Give the user that attache runs as the right to write there"
	case errors.Is(err, syscall.ENOTDIR):
		return "There is a file where the folder should be: move it, or name another folder"
	case errors.Is(err, fs.ErrExist):
		return "Something else has that name: move it"
	}
	return ""
}
