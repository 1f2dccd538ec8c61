package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// reader reads values out of a document and collects what is wrong with it.
type reader struct {
	file     string
	env      func(string) (string, bool)
	anchors  map[string]ast.Node
	mistakes Mistakes
}

// node is a value of the document and the path that leads to it. The zero node is
// one that the document does not have.
type node struct {
	ast  ast.Node
	path string
	key  ast.Node // what it stands under, where it is the value of a key
}

// fields are the keys that a mapping may have, and what reads each.
type fields []struct {
	key  string
	read func(node)
}

// document parses YAML into its one document. It is false where there is none.
func (r *reader) document(data []byte) (node, bool) {
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	var syntax *yaml.SyntaxError
	switch {
	case errors.As(err, &syntax) && syntax.Token != nil && syntax.Token.Position != nil:
		at := syntax.Token.Position
		r.mistakes = append(r.mistakes, &Mistake{r.file, Pos{Line: at.Line, Column: at.Column}, syntax.Message})
		return node{}, false
	case err != nil:
		r.mistakes = append(r.mistakes, &Mistake{File: r.file, Text: err.Error()})
		return node{}, false
	case len(file.Docs) == 0:
		return node{}, true
	}
	r.anchors = make(map[string]ast.Node)
	for _, doc := range file.Docs {
		if doc.Body != nil {
			ast.Walk(anchors(r.anchors), doc.Body)
		}
	}
	if len(file.Docs) > 1 {
		r.mistake(node{ast: file.Docs[1].Body}, "expected one document")
	}
	return r.resolve(node{ast: file.Docs[0].Body}), true
}

// anchors collects what aliases stand for.
type anchors map[string]ast.Node

// Visit is for ast.Walk.
func (a anchors) Visit(n ast.Node) ast.Visitor {
	if anchor, ok := n.(*ast.AnchorNode); ok && anchor.Name != nil {
		a[anchor.Name.String()] = anchor.Value
	}
	return a
}

// resolve follows anchors, aliases and tags to the value. An alias that leads to
// itself becomes no value.
func (r *reader) resolve(n node) node {
	const longest = 20
	for range longest {
		switch v := n.ast.(type) {
		case *ast.AnchorNode:
			n.ast = v.Value
		case *ast.TagNode:
			n.ast = v.Value
		case *ast.AliasNode:
			value, ok := r.anchors[v.Value.String()]
			if !ok {
				r.mistake(n, "nothing is anchored as &%s", v.Value.String())
			}
			n.ast = value
		case *ast.NullNode:
			n.ast = nil
		default:
			return n
		}
	}
	return node{path: n.path, key: n.key}
}

// mistake records what is wrong with a value.
func (r *reader) mistake(n node, format string, args ...any) {
	r.mistakes = append(r.mistakes, &Mistake{r.file, n.pos(), fmt.Sprintf(format, args...)})
}

func (n node) pos() Pos {
	p := Pos{Path: n.path}
	for _, a := range []ast.Node{n.ast, n.key} {
		if a == nil || a.GetToken() == nil || a.GetToken().Position == nil {
			continue
		}
		at := a.GetToken().Position
		if mapping, ok := a.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
			at = mapping.Values[0].Key.GetToken().Position
		}
		p.Line, p.Column = at.Line, at.Column
		break
	}
	return p
}

// fields reads a mapping. An unknown key, and one given twice, is a mistake.
func (r *reader) fields(n node, known fields) {
	var pairs []*ast.MappingValueNode
	switch v := n.ast.(type) {
	case nil:
		return
	case *ast.MappingNode:
		pairs = v.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{v}
	default:
		r.mistake(n, "expected keys and values (%s)", strings.Join(known.keys(), ", "))
		return
	}
	seen := make(map[string]bool)
	for _, pair := range pairs {
		key := pair.Key.GetToken().Value
		child := r.resolve(node{ast: pair.Value, path: join(n.path, key), key: pair.Key})
		if seen[key] {
			r.mistake(node{ast: pair.Key, path: child.path}, "given twice")
			continue
		}
		seen[key] = true
		r.field(child, key, known)
	}
}

func (r *reader) field(n node, key string, known fields) {
	for _, f := range known {
		if f.key == key {
			f.read(n)
			return
		}
	}
	at := node{ast: n.key, path: n.path}
	if near := nearest(key, known.keys()); near != "" {
		r.mistake(at, "unknown key; the nearest is %q", near)
		return
	}
	r.mistake(at, "unknown key; expected one of %s", strings.Join(known.keys(), ", "))
}

func (f fields) keys() []string {
	keys := make([]string, len(f))
	for i, field := range f {
		keys[i] = field.key
	}
	return keys
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// each reads the elements of a list; want says what was expected of another value.
func (r *reader) each(n node, want string, read func(node)) {
	if n.ast == nil {
		return
	}
	list, ok := n.ast.(*ast.SequenceNode)
	if !ok {
		r.mistake(n, "expected %s", want)
		return
	}
	for i, v := range list.Values {
		child := r.resolve(node{ast: v, path: fmt.Sprintf("%s[%d]", n.path, i), key: n.key})
		if child.ast == nil {
			r.mistake(child, "empty")
			continue
		}
		read(child)
	}
}

// text reads a text, with the environment in the place of ${NAME}. A number is
// taken as it was written. It is empty where there is a mistake.
func (r *reader) text(n node) string {
	switch v := n.ast.(type) {
	case nil:
		return ""
	case *ast.LiteralNode:
		return r.expand(n, strings.TrimSpace(v.Value.Value))
	case *ast.StringNode:
		return r.expand(n, strings.TrimSpace(v.Value))
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.ast.GetToken().Value
	}
	r.mistake(n, "expected a text")
	return ""
}

// variable is ${NAME}; with a second dollar before it, it stands for itself.
var variable = regexp.MustCompile(`\$?\$\{([^}]*)\}`)

func (r *reader) expand(n node, s string) string {
	whole := true
	s = variable.ReplaceAllStringFunc(s, func(m string) string {
		if strings.HasPrefix(m, "$$") {
			return m[1:]
		}
		name := m[2 : len(m)-1]
		value, ok := r.env(name)
		if !ok {
			r.mistake(n, "the environment has no %s", name)
			whole = false
		}
		return value
	})
	if !whole {
		return ""
	}
	return s
}

// flag reads true or false.
func (r *reader) flag(n node) bool {
	if n.ast == nil {
		return false
	}
	v, ok := n.ast.(*ast.BoolNode)
	if !ok {
		r.mistake(n, "expected true or false")
		return false
	}
	return v.Value
}

// names reads a list of names, or one name.
func (r *reader) names(n node, want string) []Name {
	var all []Name
	read := func(n node) {
		if value := r.text(n); value != "" {
			all = append(all, Name{value, n.pos()})
		}
	}
	if _, ok := n.ast.(*ast.StringNode); ok {
		read(n)
		return all
	}
	r.each(n, want, read)
	return all
}
