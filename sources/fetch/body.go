package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// limitedReader ends with ErrTooLarge, where [io.LimitedReader] ends as if the
// content were over.
type limitedReader struct {
	from io.Reader
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.from.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return n, ErrTooLarge
	}
	return n, err
}

// readBody reads and unpacks an answer's body. The limit holds for the bytes on
// the wire and for what they unpack to, so that neither an endless answer nor a
// small one that unpacks to gigabytes costs more than the limit.
func readBody(answer *http.Response, limit int64) ([]byte, error) {
	if answer.StatusCode == http.StatusNotModified || answer.StatusCode == http.StatusNoContent {
		return nil, nil
	}
	if answer.ContentLength > limit {
		return nil, ErrTooLarge
	}
	body, err := unpack(&limitedReader{answer.Body, limit}, answer.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, fmt.Errorf("unpack the answer: %w", err)
	}
	content, err := io.ReadAll(&limitedReader{body, limit})
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if !bytes.HasPrefix(content, []byte{0x1f, 0x8b, 8}) {
		return content, nil
	}
	// A file that is itself packed, as sitemap.xml.gz is.
	inner, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return content, nil
	}
	content, err = io.ReadAll(&limitedReader{inner, limit})
	if err != nil {
		return nil, fmt.Errorf("unpack the answer: %w", err)
	}
	return content, nil
}

func unpack(body io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity", "none", "utf-8":
		return body, nil
	case "gzip", "x-gzip":
		return ungzip(body)
	case "deflate":
		return inflate(body)
	}
	return nil, ErrEncoding
}

// ungzip also takes a body that says it is packed and isn't.
func ungzip(body io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(body)
	head, err := buffered.Peek(2)
	if err != nil || head[0] != 0x1f || head[1] != 0x8b {
		return buffered, nil
	}
	return gzip.NewReader(buffered)
}

// inflate takes both readings of "deflate": with the zlib header, as RFC 9110
// wants it, and without, as some servers send it.
func inflate(body io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(body)
	head, err := buffered.Peek(2)
	if err != nil {
		return buffered, nil
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(buffered)
	}
	return flate.NewReader(buffered), nil
}
