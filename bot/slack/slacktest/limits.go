package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf16"
)

// Limits of a message: https://docs.slack.dev/reference/block-kit/blocks. The sum of
// all texts has none that is documented; the server is stricter than Slack was seen
// to be.
const (
	maxBlocks = 50
	maxView   = 100
	maxText   = 4000
	maxSum    = 10000 - 1
)

// length counts as the strictest would: UTF-16 units of what was sent.
func length(s string) int { return len(utf16.Encode([]rune(s))) }

func checkText(text string, blocks json.RawMessage) *failure {
	switch {
	case text == "" && len(blocks) == 0:
		return no("no_text")
	case length(text) > maxText:
		return no("msg_too_long")
	}
	return nil
}

// checkMessageBlocks holds the blocks of a message to the limits.
func checkMessageBlocks(data json.RawMessage) *failure {
	if len(data) == 0 {
		return nil
	}
	var blocks []map[string]any
	if json.Unmarshal(data, &blocks) != nil {
		return no("invalid_blocks_format")
	}
	c := &checker{}
	c.blocks("/blocks", blocks, maxBlocks)
	switch {
	case len(c.wrong) > 0:
		return &failure{code: "invalid_blocks", details: c.wrong}
	case c.sum > maxSum:
		return no("msg_blocks_too_long")
	}
	return nil
}

// checkView holds a view to the limits.
func checkView(data json.RawMessage, kind string) *failure {
	var v struct {
		Type    string
		Title   map[string]any
		Private string `json:"private_metadata"`
		Blocks  []map[string]any
	}
	if json.Unmarshal(data, &v) != nil || v.Type != kind || len(data) > 250_000 {
		return no("invalid_arguments")
	}
	c := &checker{view: true}
	if kind == "modal" {
		c.text("/view/title", v.Title, 24, "plain_text")
	}
	if length(v.Private) > 3000 {
		c.say("/view/private_metadata", "must be less than 3001 characters")
	}
	c.blocks("/view/blocks", v.Blocks, maxView)
	if len(c.wrong) > 0 {
		return &failure{code: "invalid_arguments", details: c.wrong}
	}
	return nil
}

// checker collects what is wrong.
type checker struct {
	wrong []string
	sum   int // of all texts
	view  bool
}

func (c *checker) say(at, what string) {
	c.wrong = append(c.wrong, fmt.Sprintf("[ERROR] %s [json-pointer:%s]", what, at))
}

func (c *checker) blocks(at string, all []map[string]any, most int) {
	if len(all) > most {
		c.say(at, fmt.Sprintf("no more than %d items allowed", most))
	}
	ids := map[string]bool{}
	for i, b := range all {
		here := fmt.Sprintf("%s/%d", at, i)
		if id := c.id(here, b, "block_id"); id != "" {
			if ids[id] {
				c.say(here+"/block_id", "block_id already exists")
			}
			ids[id] = true
		}
		c.block(here, b)
	}
}

// id reads an id of a block or an element.
func (c *checker) id(at string, of map[string]any, name string) string {
	id, _ := of[name].(string)
	if length(id) > 255 {
		c.say(at+"/"+name, "must be less than 256 characters")
	}
	return id
}

func (c *checker) block(at string, b map[string]any) {
	kind, _ := b["type"].(string)
	allowed, known := properties[kind]
	if !known || kind == "input" && !c.view {
		c.say(at+"/type", "unsupported type: "+kind)
		return
	}
	c.only(at, b, allowed)
	switch kind {
	case "header":
		c.text(at+"/text", b["text"], 150, "plain_text")
	case "section":
		c.section(at, b)
	case "context":
		c.context(at, b)
	case "actions":
		c.actions(at, b)
	case "image":
		c.short(at, b, "image_url", 3000)
		c.short(at, b, "alt_text", 2000)
	case "input":
		c.text(at+"/label", b["label"], 2000, "plain_text")
		c.element(at+"/element", b["element"])
	}
}

// properties are those that a block or an element may have, beside its type.
var properties = map[string][]string{
	"header": {"text", "block_id", "level"}, "section": {"text", "block_id", "fields", "accessory", "expand"},
	"context": {"elements", "block_id"}, "actions": {"elements", "block_id"}, "divider": {"block_id"},
	"image": {"image_url", "alt_text", "title", "block_id", "slack_file"},
	"input": {"label", "element", "block_id", "hint", "optional", "dispatch_action"},
}

func (c *checker) only(at string, b map[string]any, allowed []string) {
	for name := range b {
		if name != "type" && !slices.Contains(allowed, name) {
			c.say(at, "invalid additional property: "+name)
		}
	}
}

func (c *checker) section(at string, b map[string]any) {
	fields, _ := b["fields"].([]any)
	if b["text"] == nil && len(fields) == 0 {
		c.say(at, "missing required field: text")
	}
	if b["text"] != nil {
		c.text(at+"/text", b["text"], 3000)
	}
	if len(fields) > 10 {
		c.say(at+"/fields", "no more than 10 items allowed")
	}
	for i, f := range fields {
		c.text(fmt.Sprintf("%s/fields/%d", at, i), f, 2000)
	}
	if b["accessory"] != nil {
		c.element(at+"/accessory", b["accessory"])
	}
}

func (c *checker) context(at string, b map[string]any) {
	elements, _ := b["elements"].([]any)
	if len(elements) < 1 || len(elements) > 10 {
		c.say(at+"/elements", "must have 1 to 10 items")
	}
	for i, e := range elements {
		c.text(fmt.Sprintf("%s/elements/%d", at, i), e, 1999)
	}
}

func (c *checker) actions(at string, b map[string]any) {
	elements, _ := b["elements"].([]any)
	if len(elements) < 1 || len(elements) > 25 {
		c.say(at+"/elements", "must have 1 to 25 items")
	}
	ids := map[string]bool{}
	for i, e := range elements {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		if id := c.element(here, e); id != "" {
			if ids[id] {
				c.say(here+"/action_id", "action_id already exists")
			}
			ids[id] = true
		}
	}
}

// element checks a control, and gives its action_id.
func (c *checker) element(at string, e any) (id string) {
	of, _ := e.(map[string]any)
	id = c.id(at, of, "action_id")
	switch kind, _ := of["type"].(string); kind {
	case "button":
		c.text(at+"/text", of["text"], 75, "plain_text")
		c.short(at, of, "value", 2000)
		c.short(at, of, "url", 3000)
	case "overflow":
		c.options(at, of["options"], 1, 5, 75)
	case "static_select", "multi_static_select", "radio_buttons", "checkboxes":
		c.options(at, of["options"], 1, 100, 75)
	case "external_select", "multi_external_select", "plain_text_input", "timepicker", "datepicker",
		"users_select", "multi_users_select", "conversations_select", "multi_conversations_select":
		if of["placeholder"] != nil {
			c.text(at+"/placeholder", of["placeholder"], 150, "plain_text")
		}
	default:
		c.say(at+"/type", "unsupported type: "+kind)
	}
	return id
}

func (c *checker) options(at string, of any, least, most, long int) {
	options, _ := of.([]any)
	if len(options) < least || len(options) > most {
		c.say(at+"/options", fmt.Sprintf("must have %d to %d items", least, most))
	}
	for i, o := range options {
		here := fmt.Sprintf("%s/options/%d", at, i)
		option, _ := o.(map[string]any)
		c.text(here+"/text", option["text"], long)
		c.short(here, option, "value", long)
	}
}

// short checks a field that is only text.
func (c *checker) short(at string, of map[string]any, name string, most int) {
	if s, _ := of[name].(string); length(s) > most {
		c.say(at+"/"+name, fmt.Sprintf("must be less than %d characters", most+1))
	}
}

// text checks a text object; without kinds both are allowed.
func (c *checker) text(at string, of any, most int, kinds ...string) {
	t, _ := of.(map[string]any)
	kind, _ := t["type"].(string)
	if len(kinds) == 0 {
		kinds = []string{"plain_text", "mrkdwn"}
	}
	if !slices.Contains(kinds, kind) {
		c.say(at, "must be a text object")
		return
	}
	if kind == "mrkdwn" && t["emoji"] != nil {
		c.say(at, "invalid additional property: emoji")
	}
	s, _ := t["text"].(string)
	c.sum += length(s)
	if n := length(s); n < 1 || n > most {
		c.say(at+"/text", fmt.Sprintf("must have 1 to %d characters", most))
	}
}
