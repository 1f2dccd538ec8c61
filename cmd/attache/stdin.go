package main

import (
	"context"
	"io"
	"sync"
)

// untilDone reads until its context ends: to wait for a terminal or a pipe can't be
// broken off otherwise. It reads nothing before it is asked.
type untilDone struct {
	ctx   context.Context
	from  io.Reader
	begin sync.Once
	pipe  *io.PipeReader
}

// Read implements [io.Reader].
func (r *untilDone) Read(p []byte) (int, error) {
	r.begin.Do(func() {
		in, out := io.Pipe()
		r.pipe = in
		context.AfterFunc(r.ctx, func() { _ = out.CloseWithError(r.ctx.Err()) }) // it has no error
		go func() {
			_, err := io.Copy(out, r.from)
			_ = out.CloseWithError(err) // the first error holds
		}()
	})
	return r.pipe.Read(p)
}
