package config

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// YAML is the whole config as it is in force, with the defaults and what came
// from the environment. Of secrets it shows only that they are there, of a
// database's address all but its passwords. It can be read again.
func (c *Config) YAML() ([]byte, error) {
	data, err := yaml.MarshalWithOptions(configFields().show(c), yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("writing the config: %w", err)
	}
	return data, nil
}

// DesksYAML is the block of some desks as a config has it.
func DesksYAML(desks []Desk) ([]byte, error) {
	all := make([]yaml.MapSlice, len(desks))
	for i := range desks {
		all[i] = deskShape().fields.show(&desks[i])
	}
	data, err := yaml.MarshalWithOptions(yaml.MapSlice{{Key: "desks", Value: all}}, yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("writing the desks: %w", err)
	}
	return data, nil
}
