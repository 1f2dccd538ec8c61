package file

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"

	"attache/bot"
)

// shelf is the folder of a place. Nothing is reached through it that lies outside.
type shelf struct{ *os.Root }

// The names on a shelf. What begins with a dot is no message: it is being written
// or removed.
const (
	markName    = ".attache" // in each folder of a message: whose it is
	longestName = 80         // bytes of a name that is taken from a key
)

// mark says which message a folder is.
type mark struct {
	Key   string `json:"key"`
	Under string `json:"under,omitempty"` // the folder of what it goes under
}

func (s *shelf) close() { _ = s.Close() } // it was read, or its sync was looked at

// write puts a part on the shelf, unless it is there. Until the last step nothing
// is to be seen of it, and every error is a [bot.RetryError].
func (s *shelf) write(ctx context.Context, p bot.Post, files map[string]string) (id string, err error) {
	id, free, err := s.find(p)
	if id != "" || err != nil {
		return id, retry(err)
	}
	temporary, err := s.temporary(p.Key)
	if err != nil {
		return "", retry(err)
	}
	err = s.fill(temporary, p, files)
	if err == nil {
		err = ctx.Err() // another may write it by now
	}
	if err == nil {
		err = s.Rename(temporary, free)
	}
	if err != nil {
		return "", retry(errors.Join(err, s.RemoveAll(temporary)))
	}
	return free, s.sync(".")
}

func retry(err error) error {
	if err == nil {
		return nil
	}
	return &bot.RetryError{Err: err}
}

// temporary makes a folder to fill, and clears away what earlier attempts left.
func (s *shelf) temporary(key string) (string, error) {
	left, err := fs.Glob(s.FS(), passing(key)+"*")
	if err != nil {
		return "", err
	}
	for _, name := range left {
		if err := s.discard(name, key); err != nil {
			return "", err
		}
	}
	name := passing(key) + rand.Text()
	return name, s.Mkdir(name, 0o755)
}

// passing begins the names of what is written or removed of a key.
func passing(key string) string { return ".attache-" + digest(key) + "-" }

// discard removes a folder. It is renamed first: what still writes into it, as
// after a long sleep, can't make a message of what is left.
func (s *shelf) discard(name, key string) error {
	gone := passing(key) + rand.Text()
	if err := s.Rename(name, gone); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return s.RemoveAll(gone)
}

// fill writes the files into a folder, and its mark.
func (s *shelf) fill(folder string, p bot.Post, files map[string]string) error {
	whose, err := json.Marshal(mark{p.Key, p.Under})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name == "" || name[0] == '.' || strings.ContainsAny(name, `/\:`) {
			return fmt.Errorf("%q is no name for a file", name)
		}
		if err := s.put(folder+"/"+name, files[name]); err != nil {
			return err
		}
	}
	if err := s.put(folder+"/"+markName, string(whose)+"\n"); err != nil {
		return err
	}
	return s.sync(folder)
}

// put writes a file, down to the disk.
func (s *shelf) put(name, text string) (err error) {
	f, err := s.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	return f.Sync()
}

// sync makes the names in a folder last.
func (s *shelf) sync(folder string) (err error) {
	f, err := s.Open(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}

// find looks where a part may be. Where it isn't, free is the name for it.
func (s *shelf) find(p bot.Post) (id, free string, err error) {
	for _, name := range names(p) {
		whose, err := s.mark(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if _, err := s.Lstat(name); free == "" && errors.Is(err, fs.ErrNotExist) {
				free = name
			}
		case err != nil:
			return "", "", err
		case whose.Key == p.Key:
			return name, "", nil
		}
	}
	if free == "" {
		return "", "", fmt.Errorf("%s: %w", names(p)[1], fs.ErrExist)
	}
	return "", free, nil
}

// mark reads whose a folder is. One that isn't attache's has none.
func (s *shelf) mark(name string) (m mark, err error) {
	data, err := s.ReadFile(name + "/" + markName)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%s/%s is no mark of attache, move that folder: %w", name, markName, err)
	}
	return m, nil
}

// remove takes a message off the shelf. What has no mark is not attache's.
func (s *shelf) remove(id string) error {
	if id == "" || id[0] == '.' || strings.ContainsAny(id, `/\`) {
		return fmt.Errorf("%q is no message", id)
	}
	whose, err := s.mark(id)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	if err := s.discard(id, whose.Key); err != nil {
		return err
	}
	return s.sync(".")
}

// names are those that a part's folder may have: what the part is, "Caucasus-12";
// and where another has that, the same with a digest of the key.
func names(p bot.Post) [2]string {
	key, _, _ := strings.Cut(p.Key, "@")
	what := strings.TrimSuffix(key, "/"+p.Place.String()+"/1")
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, strings.ToValidUTF8(what, "-"))
	for len(name) > longestName {
		name = name[:strings.LastIndexFunc(name, func(rune) bool { return true })]
	}
	name = strings.Trim(name, "-.")
	if name == "" {
		name = "message"
	}
	return [2]string{name, name + "-" + digest(p.Key)}
}

func digest(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:6])
}
