package slacktest

import (
	"encoding/json"
	"strconv"
)

// openView is https://docs.slack.dev/reference/methods/views.open
func (s *Server) openView(c *call) (answer, *failure) {
	if c.args.Get("trigger_id") == "" {
		return nil, no("invalid_trigger_id")
	}
	return s.keepView(c, "modal", "")
}

// publishView is https://docs.slack.dev/reference/methods/views.publish
func (s *Server) publishView(c *call) (answer, *failure) {
	if c.args.Get("user_id") == "" {
		return nil, no("user_not_found")
	}
	return s.keepView(c, "home", c.args.Get("user_id"))
}

func (s *Server) keepView(c *call, kind, person string) (answer, *failure) {
	data := json.RawMessage(c.args.Get("view"))
	if wrong := checkView(data, kind); wrong != nil {
		return nil, wrong
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v := View{ID: "V" + strconv.Itoa(len(s.state.Views)+1), Person: person, View: data}
	s.state.Views = append(s.state.Views, v)
	return answer{"view": map[string]any{"id": v.ID, "type": kind}}, nil
}
