package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// waiting is an input that gives something and then never ends, as a terminal does.
type waiting struct {
	text  io.Reader
	asked func() // that there is no more
}

func (w waiting) Read(p []byte) (int, error) {
	if n, err := w.text.Read(p); err == nil {
		return n, nil
	}
	w.asked()
	select {}
}

// TestInterruptedWhileReading holds that Ctrl-C ends a command that waits for its
// input.
func TestInterruptedWhileReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "attache.yaml")
	t.Setenv("DATABASE_URL", "")
	if err := os.WriteFile(path, []byte("database: a.db\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ args, in string }{
		{"import -", `{"id":"a","outlet":"L","title":"Port to dredge its channel","text":"The port is to dredge its channel."}` + "\n"},
		{"ask -", "latest on Armenia\n"},
		{"inspect text", `{"id":1,"title":"Armenia"}` + "\n"},
	} {
		ctx, stop := context.WithCancel(t.Context())
		var out, errs bytes.Buffer
		room := newPressRoom()
		t.Cleanup(room.close)
		s := &streams{in: waiting{strings.NewReader(tt.in), stop}, out: &out, err: &errs, env: func(string) string { return "" }, now: room.world.Now}
		args := strings.Fields(tt.args)
		if args[0] != "inspect" {
			args = append(args, "-c", path)
		}
		if args[0] == "ask" { // there must be something to be asked
			filled := *s
			filled.in = strings.NewReader(`{"id":"b","outlet":"L","title":"Armenia opens a road"}`)
			if code := run(t.Context(), []string{"import", "-", "-c", path}, &filled); code != exitOK {
				t.Fatal(errs.String())
			}
		}
		if code := run(ctx, args, s); code != exitInterrupted {
			t.Errorf("%s: exit code %d, %s%s", tt.args, code, out.String(), errs.String())
		}
	}
}

// TestInspectPassesOverLongLines holds that a line too long to be read, or a page,
// gets an error, and the run goes on.
func TestInspectPassesOverLongLines(t *testing.T) {
	long := strings.Repeat("long ", 13<<20)
	for _, call := range []string{"text", "stories"} {
		var out, errs bytes.Buffer
		in := strings.NewReader(`{"id":1,"title":"Armenia"}` + "\n" + `{"id":2,"title":"` + long + `"}` + "\n" + `{"id":3,"title":"Baku"}`)
		code := run(t.Context(), []string{"inspect", call}, &streams{in: in, out: &out, err: &errs, env: func(string) string { return "" }})
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if code != exitOK || len(lines) != 3 || !strings.Contains(lines[1], `"error":"line 2: longer than 64 MB"`) || !strings.Contains(lines[2], `"id":3`) {
			t.Errorf("%s: exit code %d\n%.2000s%s", call, code, out.String(), errs.String())
		}
	}
	dir := t.TempDir()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.Copy(z, io.LimitReader(zeros{}, maxPage+1)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "1.html.gz"), packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Create(filepath.Join(dir, "2.html")); err != nil || f.Truncate(maxPage+1) != nil || f.Close() != nil {
		t.Fatal(err)
	}
	d, err := openDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	for _, name := range []string{"1.html.gz", "2.html"} {
		if data, err := d.read(name); err == nil || !strings.Contains(err.Error(), "longer than 64 MB") {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
