package config

import (
	"slices"
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

// UnknownVariables says of each variable that looks like one of attache's and takes
// the place of no key what it may have been meant to be. Names are "NAME=value", as
// of os.Environ; those in others are known too.
func UnknownVariables(environ []string, others ...string) []string {
	known := slices.Clone(others)
	var collect func(keys []Key)
	collect = func(keys []Key) {
		for _, k := range keys {
			known = append(known, k.Env...)
			collect(k.Keys)
		}
	}
	collect(Keys())
	var wrong []string
	for _, pair := range environ {
		name, _, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, envPrefix) || slices.Contains(known, name) {
			continue
		}
		text := name + ": no key goes by this variable"
		if near := Nearest(name, known); near != "" {
			text += "; did you mean " + near + "?"
		}
		wrong = append(wrong, text)
	}
	slices.Sort(wrong)
	return wrong
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
