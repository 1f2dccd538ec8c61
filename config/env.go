package config

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// envPrefix begins the name of every variable that stands for a key.
const envPrefix = "ATTACHE_"

// envFile ends the name of a variable that names a file with the value.
const envFile = "_FILE"

// variables are those that take the place of a key: its path in capitals after
// ATTACHE_, then names that are in general use. A secret may be in a file too.
func variables(path string, k Key) []string {
	own := envPrefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(path))
	var all []string
	for _, name := range append([]string{own}, k.also...) {
		all = append(all, name)
		if k.secret {
			all = append(all, name+envFile)
		}
	}
	return all
}

// override is the value that the environment has for a key of a block. A variable
// that is set to nothing counts as not set.
func (f field[T]) override(r *reader, block node) (node, bool) {
	if block.listed || f.below != nil {
		return node{}, false
	}
	path := join(block.path, f.name)
	for _, name := range variables(path, f.Key) {
		value, ok := r.env(name)
		if value = strings.TrimSpace(value); !ok || value == "" {
			continue
		}
		n := node{path: path, env: name}
		if f.secret && strings.HasSuffix(name, envFile) {
			value = r.fileText(n, value, value)
		}
		n.ast = &ast.StringNode{Value: value}
		return n, true
	}
	return node{}, false
}
