package config

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Key is a key of the config, as the documentation tells it. What the reader
// accepts, the JSON Schema, the page about the config and what is printed of a
// config all come from the same definitions.
type Key struct {
	Path    string   // "sources[].feed", "slack.workspaces.NAME.bot-token"
	Type    string   // in words: "a text", "a list of places"
	Doc     string   // what it is for, one or two sentences
	Default string   // as it would be written; empty where there is none
	Example string   // as it would be written
	Env     []string // the variables of the environment that take its place, the first that is set
	Keys    []Key    // those below it

	name   string
	secret bool
	file   bool     // holds the path of a file with the value of the key before it
	also   []string // names of Env that other programs use too
	schema schema
	rule   schema // what holds for each block of it as a whole
}

// Keys are the keys of the config, in the order in which they are told.
func Keys() []Key { return keysOf(configFields(), blockAt{}) }

// blockAt is where a block of keys stands.
type blockAt struct {
	path string
	many bool // below a list or below names, where the environment doesn't reach
}

// field is a key of a block that is read into a T.
type field[T any] struct {
	Key
	read  func(*reader, node, *T)
	show  func(*T) any           // as it is printed; nil where there is nothing to print
	below func(at blockAt) []Key // of a block: its keys
	block bool                   // a single block, which is read even where it isn't given
}

// fields are the keys that a block may have.
type fields[T any] []field[T]

// kind is how the values of one type are read, printed and told.
type kind[V any] struct {
	name   string
	schema schema
	read   func(*reader, node) V
	show   func(V) any
}

// value is a key whose value is kept at a place in T.
func value[T, V any](k kind[V], key Key, at func(*T) *V) field[T] {
	key.Type, key.schema = k.name, k.schema
	return field[T]{
		Key:  key,
		read: func(r *reader, n node, to *T) { *at(to) = k.read(r, n) },
		show: func(from *T) any { return k.show(*at(from)) },
	}
}

// shape is a block that is read into a B.
type shape[B any] struct {
	fields fields[B]
	begin  func(n node, to *B)            // nil: nothing
	end    func(r *reader, n node, to *B) // checks of the whole; nil: none
	rule   schema                         // the same as JSON Schema, as far as it goes
}

func (s shape[B]) read(r *reader, n node, to *B) {
	if s.begin != nil {
		s.begin(n, to)
	}
	if s.fields.read(r, n, to) && s.end != nil {
		s.end(r, n, to)
	}
}

// one is a key that holds a block.
func one[T, B any](key Key, s shape[B], at func(*T) *B) field[T] {
	key.Type, key.schema = "keys", schema{}
	return field[T]{
		Key: key, block: true,
		read:  func(r *reader, n node, to *T) { s.read(r, n, at(to)) },
		show:  func(from *T) any { return shown(s.fields.show(at(from))) },
		below: func(p blockAt) []Key { return keysOf(s.fields, p) },
	}
}

// list is a key that holds a list of blocks.
func list[T, B any](key Key, s shape[B], at func(*T) *[]B) field[T] {
	key.schema, key.rule = schema{"type": "array"}, s.rule
	return field[T]{
		Key: key,
		read: func(r *reader, n node, to *T) {
			r.each(n, "expected "+key.Type, func(n node) {
				var b B
				s.read(r, n, &b)
				*at(to) = append(*at(to), b)
			})
		},
		show: func(from *T) any {
			var all []any
			for i := range *at(from) {
				all = append(all, s.fields.show(&(*at(from))[i]))
			}
			return shown(all)
		},
		below: func(p blockAt) []Key { return keysOf(s.fields, blockAt{p.path + "[]", true}) },
	}
}

// named is a key that holds blocks by their names.
func named[T, B any](key Key, s shape[B], name func(*B) *string, at func(*T) *[]B) field[T] {
	key.schema, key.rule = schema{"type": "object"}, s.rule
	return field[T]{
		Key: key,
		read: func(r *reader, n node, to *T) {
			for _, child := range r.pairs(n, "expected "+key.Type) {
				var b B
				child.listed = true
				*name(&b) = child.name
				s.read(r, child, &b)
				*at(to) = append(*at(to), b)
			}
		},
		show: func(from *T) any {
			var all yaml.MapSlice
			for i := range *at(from) {
				b := &(*at(from))[i]
				all = append(all, yaml.MapItem{Key: *name(b), Value: s.fields.show(b)})
			}
			return shown(all)
		},
		below: func(p blockAt) []Key { return keysOf(s.fields, blockAt{p.path + ".NAME", true}) },
	}
}

// shown is nil for an empty list or block.
func shown[S ~[]E, E any](all S) any {
	if len(all) == 0 {
		return nil
	}
	return all
}

// read reads the keys of a block. It is false where there is no block to read. A
// variable of the environment takes the place of a value, which is then not even
// looked at; a value that is given neither here nor there is the default.
func (f fields[T]) read(r *reader, n node, to *T) bool {
	given, ok := f.given(r, n)
	if !ok {
		return false
	}
	var last field[T] // the last key that isn't the file of another
	overridden := false
	for _, key := range f {
		child, isGiven := given[key.name]
		if key.file {
			if !isGiven || overridden {
				continue
			}
			if _, both := given[last.name]; both {
				r.mistake(child, "%s is given too; expected one of them", last.name)
			}
			key.read(r, child, to)
			continue
		}
		last = key
		var env node
		if env, overridden = key.override(r, n); overridden {
			key.read(r, env, to)
			continue
		}
		switch {
		case isGiven && child.ast != nil:
			key.read(r, child, to)
		case key.Default != "":
			key.read(r, node{ast: &ast.StringNode{Value: key.Default}, path: join(n.path, key.name)}, to)
		case key.block:
			key.read(r, node{path: join(n.path, key.name)}, to)
		}
	}
	return true
}

// given are the values of a block by their keys. An unknown key is a mistake.
func (f fields[T]) given(r *reader, n node) (map[string]node, bool) {
	given := make(map[string]node)
	before := len(r.mistakes)
	for _, child := range r.pairs(n, "expected keys and values ("+strings.Join(f.names(), ", ")+")") {
		if slices.Contains(f.names(), child.name) {
			given[child.name] = child
			continue
		}
		at := node{ast: child.key, path: child.path}
		if near := Nearest(child.name, f.names()); near != "" {
			r.mistake(at, "unknown key; did you mean %q?", near)
			continue
		}
		r.mistake(at, "unknown key; expected one of %s", strings.Join(f.names(), ", "))
	}
	wrongType := n.ast != nil && len(given) == 0 && len(r.mistakes) > before && !isMapping(n.ast)
	return given, !wrongType
}

func (f fields[T]) names() []string {
	names := make([]string, len(f))
	for i, key := range f {
		names[i] = key.name
	}
	return names
}

// show gives the block as it is printed.
func (f fields[T]) show(from *T) yaml.MapSlice {
	var all yaml.MapSlice
	for _, key := range f {
		if key.file {
			continue
		}
		if v := key.show(from); v != nil {
			all = append(all, yaml.MapItem{Key: key.name, Value: v})
		}
	}
	return all
}

// keysOf describes a block's keys.
func keysOf[T any](f fields[T], at blockAt) []Key {
	keys := make([]Key, len(f))
	for i, key := range f {
		k := key.Key
		k.Path = join(at.path, k.name)
		if key.below != nil {
			k.Keys = key.below(blockAt{k.Path, at.many})
		} else if !at.many && !k.file {
			k.Env = variables(k.Path, k)
		}
		keys[i] = k
	}
	return keys
}
