package slacktest

import "encoding/json"

// Fill is what a person puts into a modal: by block, where the block's one element has
// the same name.
type Fill map[string]any

// Submit has a person send the modal that was opened last, and gives what is wrong
// with it, by block; none where it is taken.
func (s *Server) Submit(user string, fill Fill) map[string]string {
	values := map[string]any{}
	for block, value := range fill {
		values[block] = map[string]any{block: value}
	}
	p := s.ofView("view_submission", user)
	p["view"].(map[string]any)["state"] = map[string]any{"values": values}
	var of struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
	}
	if json.Unmarshal(s.asked(p), &of) != nil || of.Action != "errors" {
		return nil
	}
	return of.Errors
}

// Suggest has a person type into an input of the modal that was opened last, and gives
// what is offered.
func (s *Server) Suggest(user, block, typed string) []string {
	p := s.ofView("block_suggestion", user)
	p["block_id"], p["action_id"], p["value"] = block, block, typed
	var of struct {
		Options []struct {
			Text  struct{ Text string }
			Value string
		}
	}
	if json.Unmarshal(s.asked(p), &of) != nil {
		return nil
	}
	var all []string
	for _, o := range of.Options {
		if length(o.Text.Text) <= 75 && length(o.Value) <= 75 {
			all = append(all, o.Value)
		}
	}
	return all
}

// Chosen are the options of an input that takes several.
func Chosen(values ...string) map[string]any {
	options := []any{}
	for _, v := range values {
		options = append(options, map[string]any{"value": v, "text": map[string]any{"type": "plain_text", "text": v}})
	}
	return map[string]any{"selected_options": options}
}

// ofView is what Slack sends of the modal that was opened last.
func (s *Server) ofView(kind, user string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.state.Views[len(s.state.Views)-1]
	var of struct {
		Callback string `json:"callback_id"`
		Private  string `json:"private_metadata"`
	}
	_ = json.Unmarshal(v.View, &of) // it was checked
	return map[string]any{
		"type": kind, "team": map[string]string{"id": TeamID}, "user": map[string]string{"id": user}, "trigger_id": s.trigger(),
		"view": map[string]any{"id": v.ID, "type": "modal", "callback_id": of.Callback, "private_metadata": of.Private},
	}
}
