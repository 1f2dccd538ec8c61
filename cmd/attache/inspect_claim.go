package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"attache/digest/summary"
)

type inspectClaim struct{ inspectInput }

// Help is printed under the command's flags.
func (inspectClaim) Help() string {
	return `A claim is faithful where it is its source, a sentence or a list of them, with
words left out that change nothing. --why adds which words, and the rule.

Example:
  echo '{"id":1,"source":"Police, an aide said, left on Monday.","claim":"Police left."}' | attache inspect claim --why`
}

// Run judges whether each claim still says what its source says.
func (c inspectClaim) Run(ctx context.Context, s *streams) error {
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			ID     json.RawMessage `json:"id"`
			Source oneOrMany       `json:"source"`
			Claim  string          `json:"claim"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		if len(in.Source) == 0 {
			return nil, errors.New("source: expected a sentence, or a list of them")
		}
		v := summary.Faithful(in.Source, in.Claim)
		out := struct {
			ID       json.RawMessage `json:"id"`
			Faithful bool            `json:"faithful"`
			Reason   string          `json:"reason"`
			Why      []dropped       `json:"why,omitempty"`
		}{ID: in.ID, Faithful: v.Faithful, Reason: v.Reason}
		if c.Why {
			for _, d := range v.Dropped {
				out.Why = append(out.Why, dropped(d))
			}
		}
		return []any{out}, nil
	})
}

// dropped is a part that the claim leaves out, with the rule that allows it;
// where none does, the rule is empty.
type dropped struct {
	Text string `json:"dropped"`
	Rule string `json:"rule"`
}

// oneOrMany is a text, or a list of them.
type oneOrMany []string

// UnmarshalJSON reads a string or an array of strings.
func (o *oneOrMany) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		*o = make([]string, 1)
		return json.Unmarshal(data, &(*o)[0])
	}
	return json.Unmarshal(data, (*[]string)(o))
}
