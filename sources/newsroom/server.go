package newsroom

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"math/big"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is a [World] behind TLS on a port of 127.0.0.1.
type Server struct {
	hosts  map[string]string
	pool   *x509.CertPool
	server *http.Server
	served chan struct{}  // closed when no more connections are taken
	conns  sync.WaitGroup // open connections
}

// Start serves the world until [Server.Close], with a certificate made for it
// that is kept in memory only. The certificate goes by the machine's clock, not
// by the world's: it is valid for a century around the world's days.
func (w *World) Start() (*Server, error) {
	names := make([]string, 0, len(w.outlets))
	for _, o := range w.outlets {
		names = append(names, o.Host)
	}
	cert, err := makeCertificate(names)
	if err != nil {
		return nil, fmt.Errorf("making the newsroom's certificate: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for the newsroom: %w", err)
	}
	s := &Server{hosts: map[string]string{}, pool: x509.NewCertPool(), served: make(chan struct{})}
	s.pool.AddCert(cert.Leaf)
	for _, name := range names {
		s.hosts[name] = listener.Addr().String()
	}
	s.server = &http.Server{
		Handler:           w,
		ReadHeaderTimeout: 10 * time.Second,
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12},
		ConnState:         s.count,
		ErrorLog:          log.New(io.Discard, "", 0), // a client that hangs up is no news
	}
	go func() {
		defer close(s.served)
		// It returns when the listener is closed; there is no other way to end.
		_ = s.server.ServeTLS(listener, "", "")
	}()
	return s, nil
}

// count keeps track of the open connections, so that Close can wait for them.
func (s *Server) count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.conns.Add(1)
	case http.StateClosed, http.StateHijacked:
		s.conns.Done()
	}
}

// Hosts gives for each outlet's host the address where it is served.
func (s *Server) Hosts() map[string]string { return maps.Clone(s.hosts) }

// CertPool holds the one certificate that vouches for all hosts.
func (s *Server) CertPool() *x509.CertPool { return s.pool }

// Close ends all connections and waits until they have ended.
func (s *Server) Close() error {
	err := s.server.Close()
	<-s.served
	s.conns.Wait()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Client returns a client that dials the server for the outlets' hosts, trusts
// its certificate, and doesn't follow redirects out of the world.
func (s *Server) Client() *http.Client {
	var dialer net.Dialer
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: s.pool, MinVersion: tls.VersionTLS12},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, err
			}
			to, ok := s.hosts[host]
			if !ok {
				return nil, fmt.Errorf("%s is not in the newsroom", host)
			}
			return dialer.DialContext(ctx, network, to)
		},
	}}
}

func makeCertificate(names []string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "attache sample newsroom"},
		NotBefore:             Start().AddDate(-50, 0, 0),
		NotAfter:              Start().AddDate(50, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
		DNSNames:              names,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, nil
}
