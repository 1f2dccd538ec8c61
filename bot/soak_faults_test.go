//go:build unix

package bot_test

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"attache/digest/archive/archivetest"
)

// TestSoakFullDisk lets the disk of the archive be full for a while: the process
// goes on by itself when there is room.
func TestSoakFullDisk(t *testing.T) {
	d := newDrill(t, filepath.Join(t.TempDir(), "attache.db"))
	d.orders.Room = 200 << 10
	d.during(func() {
		d.await("the disk is full", func() bool { return d.said("could not be written") > 3 })
		d.signal(d.workers[0], syscall.SIGUSR1)
		begun := len(d.receiver.State().Messages)
		d.await("it is posted again", func() bool { return len(d.receiver.State().Messages) > begun })
	})
	d.orders.Room = 0
	d.settle()
	d.judge()
}

// TestSoakConnections cuts, holds up and refuses the connections to PostgreSQL:
// the processes go on by themselves when there are some.
func TestSoakConnections(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		d := newDrill(t, dsn)
		if !d.archive.Replicas() {
			t.Skip("a file has no connections")
		}
		server := newProxy(t, dsn)
		d.orders.DSN = server.dsn
		while := func(least time.Duration) { d.pass(d.workers[0], least+rand.N(runLease)) }
		d.during(func() {
			for _, w := range d.workers {
				d.await("a worker posts", func() bool { return !d.receiver.firstOf(w.id).IsZero() })
			}
			for range 10 {
				server.terminate(t)
				d.pass(d.workers[0], 20*time.Millisecond+rand.N(200*time.Millisecond))
			}
			for range 2 {
				server.hold.Lock()
				while(runLease)
				server.hold.Unlock()
				while(0)
				server.down(true)
				while(runLease / 2)
				server.down(false)
				while(0)
			}
			begun := len(d.receiver.State().Messages)
			d.await("it is posted again", func() bool { return len(d.receiver.State().Messages) > begun })
		})
		d.settle()
		d.judge()
	})
}

// said is how often the workers said so.
func (d *drill) said(what string) int {
	log, err := os.ReadFile(d.log)
	if err != nil {
		d.t.Fatal(err)
	}
	return bytes.Count(log, []byte(what))
}

// proxy stands before a PostgreSQL server.
type proxy struct {
	dsn    string // through it
	server string // past it
	hold   sync.RWMutex

	mu      sync.Mutex
	refuses bool
	open    map[net.Conn]bool
}

// application names the connections that go through a proxy.
const application = "attache_soak"

func newProxy(t *testing.T, dsn string) *proxy {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	network, address := "tcp", u.Host
	query := u.Query()
	if folder := query.Get("host"); strings.HasPrefix(folder, "/") {
		network, address = "unix", folder+"/.s.PGSQL.5432"
		query.Del("host")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	p := &proxy{server: dsn, open: map[net.Conn]bool{}}
	query.Set("application_name", application)
	query.Set("sslmode", "disable")
	u.Host, u.RawQuery = listener.Addr().String(), query.Encode()
	p.dsn = u.String()
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.serve(client, network, address)
		}
	}()
	return p
}

// serve carries one connection, until one side or the proxy ends it.
func (p *proxy) serve(client net.Conn, network, address string) {
	defer client.Close()
	p.mu.Lock()
	p.open[client] = true
	refuses := p.refuses
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, client)
	}()
	if refuses {
		return
	}
	server, err := net.Dial(network, address)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		defer client.Close()
		p.carry(client, server)
	}()
	p.carry(server, client)
}

func (p *proxy) carry(to io.Writer, from io.Reader) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if wrong := p.pass(to, buffer[:n]); wrong != nil || err != nil {
			return
		}
	}
}

// pass carries some bytes, unless the proxy is held up.
func (p *proxy) pass(to io.Writer, b []byte) error {
	p.hold.RLock()
	defer p.hold.RUnlock()
	_, err := to.Write(b)
	return err
}

// down ends all connections and refuses others, or lets them through again.
func (p *proxy) down(is bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuses = is
	for c := range p.open {
		c.Close()
	}
}

// terminate has the server end all connections of the proxy.
func (p *proxy) terminate(t *testing.T) {
	t.Helper()
	db, err := sql.Open("pgx", p.server)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.ExecContext(context.Background(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", application)
	if err != nil {
		t.Fatal(err)
	}
}
