package config

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
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

// secret reads a secret from the config.
func (r *reader) secret(n node) Secret { return NewSecret(r.text(n)) }

// secretFile reads one from the file that the config names, without the line
// feed that editors put at its end.
func (r *reader) secretFile(n node) Secret {
	path := r.text(n)
	if path == "" {
		return Secret{}
	}
	info, err := os.Stat(r.beside(path))
	if err == nil && info.IsDir() {
		r.mistake(n, "expected a file that holds the secret; %s is a folder", path)
		return Secret{}
	}
	data, err := os.ReadFile(r.beside(path))
	if err != nil {
		why := err
		if wrapped := errors.Unwrap(err); wrapped != nil { // the path stands before it
			why = wrapped
		}
		r.mistake(n, "expected a file that can be read; %s: %v", path, why)
		return Secret{}
	}
	return NewSecret(strings.TrimRight(string(data), "\r\n"))
}
