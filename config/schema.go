package config

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/goccy/go-yaml"
)

// schema is a part of a JSON Schema.
type schema map[string]any

// schemaDraft is the version of JSON Schema that editors of YAML understand best.
const schemaDraft = "http://json-schema.org/draft-07/schema#"

// Schema is the JSON Schema of the config, for editors.
func Schema() ([]byte, error) {
	properties, err := properties(Keys())
	if err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(schema{
		"$schema": schemaDraft,
		"title":   "attache.yaml",
		"type":    "object", "properties": properties, "additionalProperties": false,
	}, "", "  ")
	return append(data, '\n'), err
}

func properties(keys []Key) (schema, error) {
	all := make(schema)
	for _, k := range keys {
		s, err := k.jsonSchema()
		if err != nil {
			return nil, fmt.Errorf("the schema of %s: %w", k.Path, err)
		}
		all[k.name] = s
	}
	return all, nil
}

// jsonSchema is the schema of a key's value.
func (k Key) jsonSchema() (schema, error) {
	s := maps.Clone(k.schema)
	s["description"] = k.Doc
	if k.Default != "" {
		s["default"] = k.Default
	}
	if k.Example != "" {
		var example any
		if err := yaml.Unmarshal([]byte(k.Example), &example); err != nil {
			return nil, err
		}
		s["examples"] = []any{example}
	}
	if len(k.Keys) == 0 {
		return s, nil
	}
	below, err := properties(k.Keys)
	if err != nil {
		return nil, err
	}
	block := schema{"type": "object", "properties": below, "additionalProperties": false}
	maps.Copy(block, k.rule)
	switch s["type"] {
	case "array":
		s["items"] = block
	case "object":
		s["additionalProperties"] = block
	default:
		maps.Copy(s, block)
	}
	return s, nil
}
