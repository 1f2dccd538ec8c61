package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"slices"
)

// biggest is how many bytes a request may have.
const biggest = 1 << 20

// ServeHTTP takes what Discord sends over HTTP. What isn't signed by the
// application's key is not read: Discord tries that, and takes the address off where
// it is. https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint
func (l *Listener) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodPost || l.PublicKey == "" {
		http.Error(w, "not here", http.StatusNotFound)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, biggest))
	if err != nil {
		http.Error(w, "not readable", http.StatusBadRequest)
		return
	}
	if !signed(req.Header, body, l.PublicKey) {
		http.Error(w, "not signed", http.StatusUnauthorized)
		return
	}
	var i interaction
	if err := json.Unmarshal(body, &i); err != nil {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	switch i.Type {
	case pinged:
		answerWith(w, response{Type: ponged})
	case typing:
		ctx, cancel := context.WithTimeout(req.Context(), acknowledging)
		defer cancel()
		answerWith(w, l.completions(ctx, &i))
	default: // acknowledged by a call of its own, as by the gateway
		l.take(event{interacted, body})
		w.WriteHeader(http.StatusAccepted)
	}
}

func answerWith(w http.ResponseWriter, r response) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(r) // whoever asked may be gone
}

// signed reports whether a request is Discord's: an Ed25519 signature of the time and
// the body.
func signed(h http.Header, body []byte, publicKey string) bool {
	key, err := hex.DecodeString(publicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false
	}
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	stamp := h.Get("X-Signature-Timestamp")
	if err != nil || len(signature) != ed25519.SignatureSize || stamp == "" {
		return false
	}
	return ed25519.Verify(key, slices.Concat([]byte(stamp), body), signature)
}
