package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Encode writes what a platform is sent as JSON, without escapes that only a page of
// HTML needs.
func Encode(of any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(of); err != nil {
		return nil, fmt.Errorf("writing a message as JSON: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
