package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"time"
)

// The reasons for which a URL is not fetched, or its answer not taken.
var (
	ErrURL       = errors.New("not a URL that can be fetched")
	ErrScheme    = errors.New("neither http nor https")
	ErrRedirects = errors.New("more than 5 redirects")
	ErrTooLarge  = errors.New("the answer is larger than allowed")
	ErrRobots    = errors.New("robots.txt asks not to fetch this")
	ErrEncoding  = errors.New("packed in a way that was not asked for")
)

// PrivateAddressError says that a host leads to an address that is not public.
type PrivateAddressError struct {
	Host string
	Addr netip.Addr
}

func (e *PrivateAddressError) Error() string {
	what := fmt.Sprintf("%s is not a public address", e.Addr)
	if e.Host != e.Addr.String() {
		what = fmt.Sprintf("%s leads to %s, which is not a public address", e.Host, e.Addr)
	}
	return what + ": if it is meant, list it under fetch.allow-private in the config"
}

// StatusError is an answer that is neither content nor "not modified".
type StatusError struct {
	Status     int
	RetryAfter time.Duration // how long the server asks to wait; 0 when it does not say
}

func (e *StatusError) Error() string {
	if name := http.StatusText(e.Status); name != "" {
		return fmt.Sprintf("status %d %s", e.Status, name)
	}
	return fmt.Sprintf("status %d", e.Status)
}

// cleanError is an error of a library whose text was cleaned of secrets.
type cleanError struct {
	text  string
	cause error
}

func (e *cleanError) Error() string { return e.text }
func (e *cleanError) Unwrap() error { return e.cause }

var (
	queryPart = regexp.MustCompile(`\?[^\s"']*`)
	userPart  = regexp.MustCompile(`//[^/\s"'@]*@`)
)

// clean takes URLs' query strings and users out of an error's text. The HTTP
// client wraps its errors in the whole URL, and some causes quote one as well.
func clean(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	text := err.Error()
	safe := userPart.ReplaceAllString(queryPart.ReplaceAllString(text, ""), "//")
	if safe == text {
		return err
	}
	return &cleanError{text: safe, cause: err}
}
