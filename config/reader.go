package config

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
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
	ast    ast.Node
	path   string
	name   string   // the last part of the path, where it is the value of a key
	key    ast.Node // what it stands under
	env    string   // the variable of the environment that it is the value of
	listed bool     // it is in a list, or under a name: out of the environment's reach
}

// document parses YAML into its one document. It is false where there is none.
func (r *reader) document(data []byte) (node, bool) {
	if len(data) > maxConfig {
		r.mistakes = append(r.mistakes, &Mistake{File: r.file, Text: fmt.Sprintf("a config has at most %d MB", maxConfig>>20)})
		return node{}, false
	}
	tokens := lexer.Tokenize(string(data))
	if at := tooDeep(tokens); at != nil {
		r.wrong(Pos{Line: at.Line, Column: at.Column}, "too many levels")
		return node{}, false
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
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

// tooDeep finds the place from where on lists and mappings are nested so deep that
// the parser would take minutes. It is nil for every config that means anything.
func tooDeep(tokens token.Tokens) *token.Position {
	const levels, column = 50, 1000
	depth := 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType, token.MappingValueType:
			if t.Position.Column > column {
				return t.Position
			}
		}
		if depth > levels {
			return t.Position
		}
	}
	return nil
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
	n.ast = nil
	return n
}

// mistake records what is wrong with a value.
func (r *reader) mistake(n node, format string, args ...any) {
	r.mistakes = append(r.mistakes, &Mistake{cmp.Or(n.env, r.file), n.pos(), fmt.Sprintf(format, args...)})
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

// isMapping reports whether a value is one of keys and values.
func isMapping(n ast.Node) bool {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// pairs are the values of a mapping, each with its key; want says what was
// expected of another value. A key given twice is a mistake. What is merged by <<
// comes after what is given, and only where nothing is.
func (r *reader) pairs(n node, want string) []node {
	if n.ast != nil && !isMapping(n.ast) {
		r.mistake(n, "%s", want)
		return nil
	}
	seen := make(map[string]bool)
	all := r.own(n, seen)
	return append(all, r.merged(n, seen, 0)...)
}

// own are the values that a mapping itself gives.
func (r *reader) own(n node, seen map[string]bool) []node {
	var all []node
	for _, pair := range values(n.ast) {
		if _, merge := pair.Key.(*ast.MergeKeyNode); merge {
			continue
		}
		child := r.child(n, pair)
		if seen[child.name] {
			r.mistake(node{ast: pair.Key, path: child.path}, "given twice")
			continue
		}
		seen[child.name] = true
		all = append(all, child)
	}
	return all
}

// merged are the values that a mapping takes over from others by <<.
func (r *reader) merged(n node, seen map[string]bool, depth int) []node {
	const deepest, most = 8, 1000
	var all []node
	for _, pair := range values(n.ast) {
		if _, merge := pair.Key.(*ast.MergeKeyNode); !merge {
			continue
		}
		for _, from := range r.mergeOf(node{ast: pair.Value, path: n.path, key: pair.Key}) {
			if depth == deepest || len(seen) > most {
				r.mistake(from, "too much is merged by <<")
				return all
			}
			for _, pair := range values(from.ast) {
				if child := r.child(n, pair); !seen[child.name] && pair.Key.Type() != ast.MergeKeyType {
					seen[child.name] = true
					all = append(all, child)
				}
			}
			from.path = n.path
			all = append(all, r.merged(from, seen, depth+1)...)
		}
	}
	return all
}

// mergeOf are the mappings that stand after <<.
func (r *reader) mergeOf(n node) []node {
	n = r.resolve(n)
	all := []node{n}
	if list, ok := n.ast.(*ast.SequenceNode); ok {
		all = nil
		for _, v := range list.Values {
			all = append(all, r.resolve(node{ast: v, path: n.path, key: n.key}))
		}
	}
	for _, from := range all {
		if !isMapping(from.ast) {
			r.mistake(from, "expected keys and values to merge")
			return nil
		}
	}
	return all
}

// values are what a mapping consists of.
func values(n ast.Node) []*ast.MappingValueNode {
	switch v := n.(type) {
	case *ast.MappingNode:
		return v.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{v}
	}
	return nil
}

// child is a value of a mapping.
func (r *reader) child(n node, pair *ast.MappingValueNode) node {
	name := pair.Key.GetToken().Value
	return r.resolve(node{ast: pair.Value, path: join(n.path, name), name: name, key: pair.Key, listed: n.listed})
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
		r.mistake(n, "%s", want)
		return
	}
	for i, v := range list.Values {
		child := r.resolve(node{ast: v, path: fmt.Sprintf("%s[%d]", n.path, i), key: n.key, listed: true})
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
		if n.env != "" {
			return v.Value // the environment's own text stands for itself
		}
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
			r.mistake(n, "the environment variable %s is not set", name)
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
func (r *reader) flag(n node) *bool {
	v, ok := n.ast.(*ast.BoolNode)
	if !ok {
		r.mistake(n, "expected true or false")
		return nil
	}
	return &v.Value
}

// names reads a list of names, or one name.
func (r *reader) names(n node, want string) []Name {
	var all []Name
	read := func(n node) {
		if value := r.text(n); value != "" {
			all = append(all, Name{value, n.pos()})
		}
	}
	one, ok := n.ast.(*ast.StringNode)
	switch {
	case ok && n.env != "": // commas stand for a list
		for part := range strings.SplitSeq(one.Value, ",") {
			n.ast = &ast.StringNode{Value: strings.TrimSpace(part)}
			read(n)
		}
	case ok:
		read(n)
	default:
		r.each(n, "expected "+want, read)
	}
	return all
}
