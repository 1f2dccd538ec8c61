package config

// textKind is any text.
func textKind() kind[string] {
	return kind[string]{"a text", schema{"type": "string"}, (*reader).text, showText}
}

// textLike is a text that has to look a certain way.
func textLike(name, pattern string, read func(*reader, node) string) kind[string] {
	return kind[string]{name, schema{"type": "string", "pattern": orVariable(pattern)}, read, showText}
}

// orVariable also lets through what the environment stands in for.
func orVariable(pattern string) string { return pattern + `|\$\{` }

// namesKind is a list of names; one name may stand without a list.
func namesKind(name string) kind[[]Name] {
	return kind[[]Name]{
		name, listSchema(schema{"type": "string"}),
		func(r *reader, n node) []Name { return r.names(n, name) },
		func(all []Name) any {
			var values []any
			for _, n := range all {
				values = append(values, escape(n.Value))
			}
			return shown(values)
		},
	}
}

func listSchema(item schema) schema {
	return schema{"anyOf": []any{item, schema{"type": "array", "items": item}}}
}

func showText(s string) any { return orNothing(escape(s)) }

// orNothing is nil for an empty text.
func orNothing(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// escape writes a text so that it is read as it stands.
func escape(s string) string {
	return variable.ReplaceAllStringFunc(s, func(m string) string { return "$" + m })
}

// switchKind is a flag that is off where it isn't given.
func switchKind() kind[bool] {
	flag := flagKind()
	return kind[bool]{
		flag.name, flag.schema,
		func(r *reader, n node) bool { v := flag.read(r, n); return v != nil && *v },
		func(on bool) any {
			if !on {
				return nil
			}
			return on
		},
	}
}
