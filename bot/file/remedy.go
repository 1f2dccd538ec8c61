package file

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"attache/bot"
)

// remedy says what to do about an error. Of what type it is, it stays.
func remedy(place bot.Place, err error) error {
	do := ""
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		do = ": the disk is full: make room, and it is written then"
	case errors.Is(err, syscall.EFBIG):
		do = ": the file is too large for what attache may write: raise the limit (ulimit -f)"
	case errors.Is(err, syscall.EROFS):
		do = ": the disk can only be read: mount it for writing, or name another folder"
	case errors.Is(err, fs.ErrPermission):
		do = ": give the user that attache runs as the right to write there"
	case errors.Is(err, syscall.ENOTDIR):
		do = ": there is a file where the folder should be: move it, or name another folder"
	case errors.Is(err, fs.ErrExist):
		do = ": something else has that name: move it"
	}
	return fmt.Errorf("%s: %w%s", place, err, do)
}
