package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
)

// NetworkError says for people why a host could not be reached, or broke off.
type NetworkError struct {
	text  string
	cause error
}

func (e *NetworkError) Error() string { return e.text }
func (e *NetworkError) Unwrap() error { return e.cause }

// network puts what a library says of the network into plain words; nil where it
// is about something else.
func network(err error, at *url.URL) error {
	if text := networkText(err, at); text != "" {
		return &NetworkError{text, err}
	}
	return nil
}

func networkText(err error, at *url.URL) string {
	var (
		lookup  *net.DNSError
		trust   *tls.CertificateVerificationError
		plain   tls.RecordHeaderError
		timeout net.Error
		host    = at.Hostname()
	)
	switch {
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return fmt.Sprintf("there is no host %s: check the address, and this machine's network", host)
	case errors.As(err, &lookup):
		return fmt.Sprintf("the host %s can't be looked up now: check this machine's network", host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing answers at " + net.JoinHostPort(host, cmp.Or(at.Port(), map[string]string{"http": "80", "https": "443"}[at.Scheme]))
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return fmt.Sprintf("no way leads to %s: check this machine's network", host)
	case errors.As(err, &trust):
		return fmt.Sprintf("the certificate of %s is not to be trusted: %s", host, distrust(trust.Err))
	case errors.As(err, &plain), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return host + " does not speak https there"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return host + " broke off before its answer was whole"
	case errors.As(err, &timeout) && timeout.Timeout() && !errors.Is(err, context.DeadlineExceeded):
		return "no answer in time from " + host
	}
	return ""
}

// distrust says what is wrong with a certificate.
func distrust(err error) string {
	var (
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
		unknown x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &name):
		return "it is for another name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "it has expired, or is not valid yet"
	case errors.As(err, &unknown):
		return "nobody known signed it"
	}
	return err.Error()
}
