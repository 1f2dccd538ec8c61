package archive_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"attache/digest/archive"
)

// TestReadOnlyFolder opens an archive where the user may not write. As root may
// write everywhere, this thread's files are opened as nobody's; the thread ends
// with the test.
func TestReadOnlyFolder(t *testing.T) {
	dir, err := os.MkdirTemp("", "attache-readonly")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	got := make(chan error)
	go func() {
		runtime.LockOSThread()
		if os.Getuid() == 0 {
			// The kernel's answer is the id before; it reports no error.
			_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, 65534, 0, 0)
		}
		_, err := archive.Open(context.Background(), filepath.Join(dir, "attache.db"))
		got <- err
	}()
	err = <-got
	if err == nil {
		t.Fatal("opened")
	}
	for _, want := range []string{dir, "can't be written", "give this user the right", "name another"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}
