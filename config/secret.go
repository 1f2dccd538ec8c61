package config

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
)

// Secret is a text that is never printed: not by fmt, not in JSON, YAML or a log.
// The zero Secret is empty.
type Secret struct{ value string }

// NewSecret keeps a text secret.
func NewSecret(value string) Secret { return Secret{value} }

// Value is the text itself, for the one place that needs it.
func (s Secret) Value() string { return s.value }

// String tells only whether there is a secret.
func (s Secret) String() string {
	if s.value == "" {
		return ""
	}
	return "<secret>"
}

// Format prints the same by every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText is what encoders see, JSON's and YAML's among them.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is what logs see.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// secretForm is how secrets of one sort are read and printed.
type secretForm struct {
	name  string
	text  func(*reader, node) string           // the secret, from the value of its key
	check func(r *reader, n node, text string) // never repeats the text
	show  func(Secret) any
}

// tokenForm is the form of a secret that is a text, or file: and a path.
func tokenForm(check func(r *reader, n node, text string)) secretForm {
	return secretForm{"a secret", (*reader).secret, check, func(s Secret) any { return orNothing(s.String()) }}
}

// secretFields are the key of a secret and the one beside it that names a file.
func secretFields[T any](form secretForm, key Key, at func(*T) *Secret) fields[T] {
	read := func(text func(*reader, node) string) func(*reader, node) Secret {
		return func(r *reader, n node) Secret {
			s := text(r, n)
			if s != "" {
				form.check(r, n, s)
			}
			return NewSecret(s)
		}
	}
	key.secret = true
	beside := Key{
		name: key.name + "-file", file: true, Example: "/run/secrets/" + key.name,
		Doc: "The path of a file that holds `" + key.name + "`, from the config's folder on.",
	}
	anyText := schema{"type": "string"}
	return fields[T]{
		value(kind[Secret]{form.name, anyText, read(form.text), form.show}, key, at),
		value(kind[Secret]{"a path", anyText, read((*reader).secretFile), form.show}, beside, at),
	}
}

// secret reads a secret from the config.
func (r *reader) secret(n node) string {
	text := r.text(n)
	if path, ok := strings.CutPrefix(text, "file:"); ok {
		return r.fileText(n, path, r.beside(path))
	}
	return text
}

// secretFile reads one from the file that the config names.
func (r *reader) secretFile(n node) string {
	path := r.text(n)
	if path == "" {
		return ""
	}
	return r.fileText(n, path, r.beside(path))
}

// maxSecret is the most that a file of a secret may hold, in bytes.
const maxSecret = 64 << 10

// fileText is what the file holds that is called by a name in the config, without
// the line feed that editors put at its end.
func (r *reader) fileText(n node, name, path string) string {
	data, err := readFile(path, maxSecret)
	if err != nil {
		why := err
		if wrapped := errors.Unwrap(err); wrapped != nil { // the path stands before it
			why = wrapped
		}
		r.mistake(n, "expected a file that holds the secret; %s: %v", name, why)
		return ""
	}
	text := strings.TrimRight(string(data), "\r\n")
	if text == "" {
		r.mistake(n, "expected a file that holds the secret; %s is empty", name)
	}
	return text
}

// readFile reads a file of at most so many bytes.
func readFile(path string, most int64) (data []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, fmt.Errorf("%s: %w", path, fmt.Errorf("it has more than %d KB", most>>10))
	}
	return data, err
}

// database is the form of the archive's address: "file:" before it is SQLite's
// own.
func database() secretForm {
	return secretForm{
		"a file, or an address that begins with postgres://", (*reader).databaseAddress, (*reader).checkAddress,
		func(s Secret) any { return orNothing(maskAddress(s.Value())) },
	}
}

// heartbeat is the form of an address in whose path there may be a token: of what
// is printed only the host is told.
func heartbeat() secretForm {
	form := tokenForm(func(r *reader, n node, text string) {
		if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			r.mistake(n, "expected an address that begins with https:// or http://")
		}
	})
	form.show = func(s Secret) any {
		u, err := url.Parse(s.Value())
		if err != nil || u.Host == "" {
			return orNothing(s.String())
		}
		return u.Scheme + "://" + u.Host + "/" + s.String()
	}
	return form
}

// databaseAddress reads the archive's address. The path of a file is relative to
// the config's folder, as every path in it; one of the environment is left as it
// is.
func (r *reader) databaseAddress(n node) string {
	address := r.text(n)
	if address == "" || n.env != "" || strings.Contains(address, "://") || addressMistake(address) != "" {
		return address
	}
	if path, ok := strings.CutPrefix(address, "file:"); ok {
		return "file:" + r.beside(path)
	}
	return r.beside(address)
}

func isPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// checkAddress finds an address that can't be used, and doesn't repeat it: there
// may be a password in it.
func (r *reader) checkAddress(n node, address string) {
	if wrong := addressMistake(address); wrong != "" {
		r.mistake(n, "%s", wrong)
	}
}

var (
	// otherScheme begins what is no path: pgx:…, postgres:/…, and user:password@….
	// A single letter may be a drive.
	otherScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+:`)
	// keywords begin the other form of an address of PostgreSQL, "host=… password=…".
	keywords = regexp.MustCompile(`(?i)(^|\s)(host|hostaddr|port|user|password|passfile|dbname|sslmode|service)\s*=`)
)

// addressMistake says what is wrong with the archive's address; empty for nothing.
func addressMistake(address string) string {
	switch {
	case isPostgres(address) && !isServer(address):
		return "expected an address such as postgres://user:password@host/database; other signs than letters and digits in the password are written as %XX"
	case isPostgres(address), strings.HasPrefix(address, "file:"):
		return ""
	case keywords.MatchString(address):
		return "expected the path of a file, or an address such as postgres://user:password@host/database, not a list of names and values"
	case strings.Contains(address, "://"):
		return "expected the path of a file, or an address that begins with postgres://"
	case otherScheme.MatchString(address):
		return "expected the path of a file, or an address that begins with postgres:// (a path with a colon in it begins with ./)"
	}
	return ""
}

// isServer reports whether an address of PostgreSQL can be read as it was meant. A
// password with a sign that ends the host stands elsewhere with its "@".
func isServer(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" && u.Query().Get("host") == "" || strings.Contains(address, "#") {
		return false
	}
	_, rest, _ := strings.Cut(address, "://")
	after := strings.IndexAny(rest, "/?")
	return after < 0 || !strings.Contains(rest[after:], "@")
}

// maskAddress hides the passwords in the address of a server, and all of one that
// can't be read.
func maskAddress(address string) string {
	if addressMistake(address) != "" {
		return NewSecret(address).String()
	}
	u, err := url.Parse(address)
	if err != nil || !isPostgres(address) {
		return escape(address)
	}
	query := u.Query()
	for name := range query {
		if slices.Contains([]string{"password", "sslpassword", "passfile", "options"}, strings.ToLower(name)) {
			query.Set(name, "xxxxx")
		}
	}
	u.RawQuery = query.Encode()
	return escape(u.Redacted())
}
