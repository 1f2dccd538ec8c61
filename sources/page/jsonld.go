package page

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"attache/sources/text"
)

// object is a JSON-LD object. The nil object is empty.
type object map[string]any

var (
	trailingComma = regexp.MustCompile(`,(\s*[}\]])`)
	rawControl    = regexp.MustCompile(`[\x00-\x1f]+`)
)

// maxNesting bounds how deep objects in a JSON-LD document are looked for.
const maxNesting = 8

// parseLD reads the objects of a JSON-LD script, those in a @graph and in other
// objects included. What many sites get wrong is forgiven: comments and CDATA
// around it, raw line breaks in strings, trailing commas.
func parseLD(source string) []object {
	source = strings.TrimSpace(source)
	for _, mark := range []string{"<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>"} {
		source = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(source, mark), mark))
	}
	source = strings.TrimSuffix(source, ";")
	var document any
	if json.Unmarshal([]byte(source), &document) != nil {
		repaired := trailingComma.ReplaceAllString(rawControl.ReplaceAllString(source, " "), "$1")
		if json.Unmarshal([]byte(repaired), &document) != nil {
			return nil
		}
	}
	return flatten(document, nil, 0)
}

func flatten(v any, into []object, depth int) []object {
	if depth > maxNesting {
		return into
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			into = flatten(item, into, depth+1)
		}
	case map[string]any:
		into = append(into, v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed"} {
			if child, ok := v[key]; ok {
				into = flatten(child, into, depth+1)
			}
		}
	}
	return into
}

// texts returns a property's strings; of objects their names.
func (o object) texts(key string) []string {
	var found []string
	var add func(v any, depth int)
	add = func(v any, depth int) {
		switch v := v.(type) {
		case string:
			if v = text.Line(v); v != "" {
				found = append(found, v)
			}
		case bool:
			found = append(found, strconv.FormatBool(v))
		case []any:
			for _, item := range v {
				if depth < maxNesting {
					add(item, depth+1)
				}
			}
		case map[string]any:
			if depth < maxNesting {
				add(firstOf(v, "name", "@value"), depth+1)
			}
		}
	}
	add(o[key], 0)
	return found
}

func firstOf(o map[string]any, keys ...string) any {
	for _, key := range keys {
		if v, ok := o[key]; ok {
			return v
		}
	}
	return nil
}

func (o object) text(key string) string {
	if found := o.texts(key); len(found) > 0 {
		return found[0]
	}
	return ""
}

// children returns a property's objects.
func (o object) children(key string) []object {
	switch v := o[key].(type) {
	case map[string]any:
		return []object{v}
	case []any:
		var found []object
		for _, item := range v {
			if child, ok := item.(map[string]any); ok {
				found = append(found, child)
			}
		}
		return found
	}
	return nil
}

func (o object) child(key string) object {
	if found := o.children(key); len(found) > 0 {
		return found[0]
	}
	return nil
}

// is reports whether the object is of a type whose name ends so.
func (o object) is(ending string) bool {
	for _, name := range o.texts("@type") {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// chooseArticle finds the object that stands for the article. The types are
// those under https://schema.org/Article, with some that sites use instead.
func (f *facts) chooseArticle() {
	byID := map[string]object{}
	for _, o := range f.graph {
		if id := o.text("@id"); id != "" && len(o) > 2 {
			byID[id] = o
		}
	}
	best := 0
	for _, o := range f.graph {
		if o.is("WebPage") && f.page == nil {
			f.page = o
		}
		if score := articleScore(o); score > best {
			f.article, best = o, score
		}
	}
	f.resolve(f.article, byID)
}

func articleScore(o object) int {
	score := 0
	switch {
	case o.is("NewsArticle"), o.is("BlogPosting"), o.is("LiveBlogPosting"):
		score = 6
	case o.is("Article"), o.is("Report"):
		score = 5
	case o.is("SocialMediaPosting"), o.is("Review"), o.is("Recipe"), o.is("VideoObject"):
		score = 1
	default:
		return 0
	}
	for _, key := range []string{"headline", "datePublished", "author"} {
		if _, ok := o[key]; ok {
			score++
		}
	}
	return score
}

// resolve puts in the objects that a property names only by their id.
func (f *facts) resolve(o object, byID map[string]object) {
	for _, key := range []string{"author", "creator", "publisher", "isBasedOn"} {
		list, ok := o[key].([]any)
		if !ok {
			list = []any{o[key]}
		}
		for i, item := range list {
			ref, ok := item.(map[string]any)
			if !ok {
				continue
			}
			if whole, found := byID[object(ref).text("@id")]; found && object(ref).text("name") == "" {
				list[i] = map[string]any(whole)
			}
		}
		if len(list) > 0 && list[0] != nil {
			o[key] = list
		}
	}
}
