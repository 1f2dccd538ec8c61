package discordtest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"time"
)

// interaction is one that somebody did, and what became of it.
type interaction struct {
	ID, token, user, channel string
	began                    time.Time
	kind                     int            // of the first answer; zero: none yet
	took                     time.Duration  // until then
	original                 string         // the id of the message that it was answered with
	offered                  chan []choice  // of what was typed
	message                  map[string]any // that has the button
}

// modal is a form that somebody is shown.
type modal struct {
	custom  string
	inputs  []component
	channel string
	message map[string]any // that has the button
}

// Option is one that a person gives a command.
type Option struct{ Name, Value string }

// Interacted is what became of an interaction.
type Interacted struct {
	Took time.Duration // until it was acknowledged
	Kind int           // of the acknowledgement; zero: none
}

// Interactions are what became of all of them.
func (s *Server) Interactions() []Interacted {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Interacted
	for _, i := range s.open {
		all = append(all, Interacted{i.took, i.kind})
	}
	return all
}

// Signed sends what people do over HTTP from now on, signed by a key, to a handler.
func (s *Server) Signed(key ed25519.PrivateKey, to http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key.Public().(ed25519.PublicKey)
	s.over = func(data map[string]any) {
		body, err := json.Marshal(data)
		if err != nil {
			panic(err)
		}
		w := httptest.NewRecorder()
		to.ServeHTTP(w, Sign(key, string(body), "1764055800"))
		if w.Code == http.StatusOK {
			s.answered(data["token"].(string), w.Body.Bytes())
		}
	}
}

// Sign makes a signed request:
// https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint
func Sign(key ed25519.PrivateKey, body, stamp string) *http.Request {
	req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	req.Header.Set("X-Signature-Timestamp", stamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, []byte(stamp+body))))
	return req
}

// answered takes the first answer that came by HTTP.
func (s *Server) answered(token string, body []byte) {
	s.mu.Lock()
	i := s.open[token]
	s.mu.Unlock()
	if i == nil {
		return
	}
	c := &call{w: httptest.NewRecorder(), req: httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body)), ids: []string{i.ID, token}, body: body}
	if _, failed := s.callback(c); failed != nil {
		panic(fmt.Sprintf("an answer over HTTP: %+v", failed))
	}
}

// begin is what all interactions have.
func (s *Server) begin(user, channel string, kind int, data any) (map[string]any, *interaction) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := &interaction{ID: s.id(), user: user, channel: channel, began: time.Now(), offered: make(chan []choice, 1)}
	i.token = "secret-token-" + i.ID
	s.open[i.token] = i
	all := map[string]any{
		"id": i.ID, "application_id": AppID, "type": kind, "token": i.token, "version": 1, "channel_id": channel, "locale": "en-GB", "data": data,
	}
	of := slices.IndexFunc(s.state.Channels, func(c Channel) bool { return c.ID == channel })
	if of < 0 {
		panic("no channel " + channel)
	}
	at := &s.state.Channels[of]
	all["channel"] = s.described(at)
	if at.Kind == Direct {
		all["user"], all["context"], all["app_permissions"] = s.author(user), 1, strconv.Itoa(everyonesRight)
		return all, i
	}
	m := map[string]any{"user": s.author(user), "roles": []string{}}
	if n := slices.IndexFunc(s.users, func(u User) bool { return u.ID == user }); n >= 0 {
		m = s.member(s.users[n])
	}
	may := int64(everyonesRight)
	for _, r := range s.roles {
		if slices.Contains(m["roles"].([]string), r.ID) {
			may |= r.Permissions
		}
	}
	if user == OwnerID {
		may |= Administrator
	}
	m["permissions"] = strconv.FormatInt(may, 10)
	all["guild_id"], all["context"], all["member"], all["app_permissions"] = GuildID, 0, m, strconv.FormatInt(s.may(at), 10)
	return all, i
}

// send tells of an interaction, and has it told once more by Repeat.
func (s *Server) send(data map[string]any) {
	s.mu.Lock()
	over := s.over
	s.mu.Unlock()
	tell := func() { s.dispatch("INTERACTION_CREATE", 0, data) }
	if over != nil {
		tell = func() { over(data) }
	}
	s.again(tell)
}

func (s *Server) again(tell func()) {
	s.mu.Lock()
	s.repeat = tell
	s.mu.Unlock()
	tell()
}

// Repeat tells the last thing that somebody did once more.
func (s *Server) Repeat() {
	s.mu.Lock()
	tell := s.repeat
	s.mu.Unlock()
	tell()
}

// Invoke has a person invoke a command, or its subcommand. It panics where that is
// not registered, or can't be typed so.
func (s *Server) Invoke(user, channel, name, sub string, options ...Option) {
	data := s.commandData(name, sub, "", options)
	all, _ := s.begin(user, channel, 2, data)
	s.send(all)
}

// Type has a person type into an option of a command, the last, and gives what is
// offered.
func (s *Server) Type(user, channel, name, sub string, options ...Option) []string {
	data := s.commandData(name, sub, options[len(options)-1].Name, options)
	all, i := s.begin(user, channel, 4, data)
	s.send(all)
	var offered []string
	select {
	case all := <-i.offered:
		for _, c := range all {
			offered = append(offered, c.Value)
		}
	case <-time.After(3 * time.Second):
		panic("nothing is offered within 3 s")
	}
	return offered
}

func (s *Server) commandData(name, sub, focused string, options []Option) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.commands, func(c command) bool { return c.Name == name })
	if i < 0 {
		panic("no command /" + name + " is registered")
	}
	has := s.commands[i].Options
	if sub != "" {
		n := slices.IndexFunc(has, func(o option) bool { return o.Name == sub && o.Type == 1 })
		if n < 0 {
			panic("no command /" + name + " " + sub + " is registered")
		}
		has = has[n].Options
	}
	given := values(has, focused, options)
	if sub != "" {
		given = []any{map[string]any{"name": sub, "type": 1, "options": given}}
	}
	return map[string]any{"id": "1", "name": name, "type": 1, "options": given}
}

// values are options as they are told. It panics at what can't be typed.
func values(has []option, focused string, options []Option) []any {
	given := []any{}
	for _, o := range options {
		i := slices.IndexFunc(has, func(h option) bool { return h.Name == o.Name })
		if i < 0 {
			panic("no option is called " + o.Name)
		}
		h := has[i]
		if len(h.Choices) > 0 && !slices.ContainsFunc(h.Choices, func(c choice) bool { return c.Value == o.Value }) {
			panic(o.Value + " is no choice of " + o.Name)
		}
		one := map[string]any{"name": o.Name, "type": h.Type, "value": o.Value}
		if h.Type == 5 {
			one["value"] = o.Value == "true"
		}
		if o.Name == focused {
			if !h.Autocomplete {
				panic(o.Name + " offers nothing")
			}
			one["focused"] = true
		}
		given = append(given, one)
	}
	for _, h := range has {
		if h.Required && focused == "" && !slices.ContainsFunc(options, func(o Option) bool { return o.Name == h.Name }) {
			panic("the option " + h.Name + " is required")
		}
	}
	return given
}

// Press has a person press the button of a message with that label; or take the entry
// of its select with that label, which begins with an item's number. It is false where
// the message has none.
func (s *Server) Press(user, channel, message, item, label string) bool {
	s.mu.Lock()
	m := s.find(channel, message)
	for n := range s.state.Private {
		if p := &s.state.Private[n]; p.Channel == channel && p.ID == message && p.Ephemeral == user {
			m = p
		}
	}
	if m == nil {
		s.mu.Unlock()
		return false
	}
	data := pressed(m.Components, item, label)
	of := map[string]any{"id": m.ID, "channel_id": m.Channel, "flags": m.Flags}
	s.mu.Unlock()
	if data == nil {
		return false
	}
	all, i := s.begin(user, channel, 3, data)
	all["message"], i.message = of, of
	s.send(all)
	return true
}

func pressed(components json.RawMessage, item, label string) map[string]any {
	var rows []row
	_ = json.Unmarshal(components, &rows) // it was read before
	for _, r := range rows {
		for _, c := range r.Components {
			if item == "" && c.Type == 2 && c.Label == label {
				return map[string]any{"custom_id": c.CustomID, "component_type": 2}
			}
			for _, o := range c.Options {
				if item != "" && o.Label == item+" "+label {
					return map[string]any{"custom_id": c.CustomID, "component_type": 3, "values": []string{o.Value}}
				}
			}
		}
	}
	return nil
}

// Submit has a person send the form that they were shown last, with what they put
// into its inputs; the others stay as they are. It is false where there is none.
func (s *Server) Submit(user string, fill map[string]string) bool {
	s.mu.Lock()
	m := s.modals[user]
	delete(s.modals, user)
	s.mu.Unlock()
	if m == nil {
		return false
	}
	rows := []any{}
	for _, c := range m.inputs {
		value := c.Value
		if v, ok := fill[c.CustomID]; ok {
			value = v
		}
		rows = append(rows, map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": c.CustomID, "value": value}}})
	}
	all, _ := s.begin(user, m.channel, 5, map[string]any{"custom_id": m.custom, "components": rows})
	if m.message != nil {
		all["message"] = m.message
	}
	s.send(all)
	return true
}

// callback is https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response
func (s *Server) callback(c *call) (answer, *failure) {
	var r struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if !strict(c.body, &r) {
		return nil, wrong("type")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.open[c.ids[1]]
	switch {
	case i == nil || i.ID != c.ids[0] || i.kind == 0 && time.Since(i.began) > 3*time.Second:
		return nil, no(http.StatusNotFound, 10062, "Unknown interaction")
	case i.kind != 0:
		return nil, no(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	}
	if failed := s.first(i, r.Type, r.Data); failed != nil {
		return nil, failed
	}
	i.kind, i.took = r.Type, time.Since(i.began)
	return nil, nil
}

// first does what the first answer says.
func (s *Server) first(i *interaction, kind int, data json.RawMessage) *failure {
	switch kind {
	case 4:
		b, failed := read(data)
		if failed != nil {
			return failed
		}
		i.original = s.show(i, b)
	case 5:
		var b struct {
			Flags int `json:"flags"`
		}
		if !strict(data, &b) {
			return wrong("data")
		}
		i.original = s.show(i, body{Flags: b.Flags})
	case 6:
	case 8:
		var b struct {
			Choices *[]choice `json:"choices"`
		}
		if !strict(data, &b) || b.Choices == nil || len(*b.Choices) > 25 {
			return wrong("data.choices")
		}
		i.offered <- *b.Choices
	case 9:
		return s.openModal(i, data)
	default:
		return wrong("type")
	}
	return nil
}

func (s *Server) openModal(i *interaction, data json.RawMessage) *failure {
	var f struct {
		Custom     string          `json:"custom_id"`
		Title      string          `json:"title"`
		Components json.RawMessage `json:"components"`
	}
	if !strict(data, &f) || length(f.Title) < 1 || length(f.Title) > 45 || length(f.Custom) < 1 || length(f.Custom) > 100 {
		return wrong("data")
	}
	if failed := checkRows(f.Components, true); failed != nil {
		return failed
	}
	var rows []row
	_ = json.Unmarshal(f.Components, &rows) // it was read before
	m := &modal{custom: f.Custom, channel: i.channel, message: i.message}
	for _, r := range rows {
		m.inputs = append(m.inputs, r.Components...)
	}
	s.modals[i.user] = m
	return nil
}

// show stores what an interaction is answered with.
func (s *Server) show(i *interaction, b body) string {
	m := b.message()
	m.ID, m.Channel = s.id(), i.channel
	m.Thinking = m.Content == ""
	if b.Flags&(1<<6) != 0 {
		m.Ephemeral = i.user
		s.state.Private = append(s.state.Private, m)
		return m.ID
	}
	s.state.Messages = append(s.state.Messages, m)
	return m.ID
}

// answeredBy is the interaction of a token that was acknowledged.
func (s *Server) answeredBy(token string) (*interaction, *failure) {
	i := s.open[token]
	if i == nil || time.Since(i.began) > 15*time.Minute {
		return nil, no(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	}
	if i.kind == 0 {
		return nil, no(http.StatusNotFound, 10015, "Unknown Webhook")
	}
	return i, nil
}

func (s *Server) editOriginal(c *call) (answer, *failure) {
	b, failed := read(c.body)
	if failed != nil {
		return nil, failed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i, failed := s.answeredBy(c.ids[1])
	if failed != nil {
		return nil, failed
	}
	for _, all := range [][]Message{s.state.Private, s.state.Messages} {
		for n := range all {
			if m := &all[n]; m.ID == i.original {
				m.Content, m.Components, m.Thinking, m.Edited = b.Content, b.Components, false, !m.Thinking
				return map[string]any{"id": m.ID}, nil
			}
		}
	}
	return nil, no(http.StatusNotFound, 10008, "Unknown Message")
}

func (s *Server) deleteOriginal(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, failed := s.answeredBy(c.ids[1])
	if failed != nil {
		return nil, failed
	}
	gone := func(m Message) bool { return m.ID == i.original }
	s.state.Private = slices.DeleteFunc(s.state.Private, gone)
	s.state.Messages = slices.DeleteFunc(s.state.Messages, gone)
	return nil, nil
}

func (s *Server) followUp(c *call) (answer, *failure) {
	b, failed := read(c.body)
	if failed != nil {
		return nil, failed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i, failed := s.answeredBy(c.ids[1])
	if failed != nil {
		return nil, failed
	}
	return map[string]any{"id": s.show(i, b)}, nil
}

func (s *Server) getCommands(*call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for i, c := range s.commands {
		one := map[string]any{}
		data, err := json.Marshal(c)
		if err != nil || json.Unmarshal(data, &one) != nil {
			panic(err)
		}
		one["id"], one["application_id"], one["version"] = strconv.Itoa(i+1), AppID, "1"
		one["nsfw"], one["dm_permission"], one["name_localizations"] = false, true, nil
		all = append(all, one)
	}
	slices.Reverse(all)
	return all, nil
}

func (s *Server) putCommands(c *call) (answer, *failure) {
	var all []command
	if !strict(c.body, &all) || len(all) > 100 {
		return nil, wrong("commands")
	}
	for i, one := range all {
		if !checkCommand(one) {
			return nil, wrong(fmt.Sprint(i) + "." + one.Name)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands, s.state.Commands = all, slices.Clone(c.body)
	s.state.Overwrites++
	return []any{}, nil
}
