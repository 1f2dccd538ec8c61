package discordtest

import (
	"io"
	"net/http"
	"net/http/httptest"
)

// Client reaches the server without a network, whatever the address.
func (s *Server) Client() *http.Client { return &http.Client{Transport: transport{s}} }

type transport struct{ to http.Handler }

// RoundTrip implements [http.RoundTripper].
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	answered := make(chan *http.Response, 1)
	go func() {
		defer close(answered)
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler { //nolint:errorlint // that very one, as net/http has it
				panic(p)
			}
		}()
		w := httptest.NewRecorder()
		t.to.ServeHTTP(w, req)
		answered <- w.Result()
	}()
	select {
	case <-req.Context().Done():
		return nil, req.Context().Err()
	case res := <-answered:
		if res == nil {
			return nil, io.ErrUnexpectedEOF
		}
		res.Request = req
		return res, nil
	}
}
