package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestEmptyRoot runs the static binary where there is nothing else, as in its
// image: no certificates, no zones, no libraries; only a folder for what is
// temporary.
func TestEmptyRoot(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("to change the root folder takes root")
	}
	root := t.TempDir()
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", filepath.Join(root, "attache"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	binary, err := os.Stat(filepath.Join(root, "attache"))
	if err != nil {
		t.Fatal(err)
	}
	if megabytes := binary.Size() >> 20; megabytes >= 50 {
		t.Errorf("the binary has %d MB", megabytes)
	}
	if err := os.Mkdir(filepath.Join(root, "tmp"), 0o777); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("/attache", "demo")
	run.Dir, run.Env = "/", []string{}
	run.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
	out, err := run.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "CAUCASUS · BRIEF NO. 1") || !strings.Contains(string(out), "Baku (03:30 UTC)") {
		t.Errorf("%v: %s", err, out)
	}
}
