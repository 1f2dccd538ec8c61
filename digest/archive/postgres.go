package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// postgresDialect is PostgreSQL's. Its server is named in errors, without the
// password.
type postgresDialect struct {
	server string
	config *pgx.ConnConfig
}

// settings are those of each session. They suit searches over an index that fits
// the memory: planned for the values given, without compiling. A replica that is
// frozen in a transaction, or cut off, holds up the others no longer than the
// time-out.
const settings = `
	SET plan_cache_mode = force_custom_plan; SET jit = off; SET random_page_cost = 1.1;
	SET client_min_messages = warning; SET idle_in_transaction_session_timeout = '30s'`

// openPostgres opens one pool.
func openPostgres(ctx context.Context, dsn string) (*Archive, error) {
	server := serverName(dsn)
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("the address of the database %s can't be read: check database: or DATABASE_URL", server)
	}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, settings)
		return err
	}))
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(8)
	a := &Archive{write: db, read: db, dialect: postgresDialect{server: server, config: config}, ids: &ids{}, clock: time.Now, wakers: &wakers{}, pace: &pace{}, memory: &memory{}}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(a.dialect.explain(err), a.Close())
	}
	return a, nil
}

// serverName is what an address shows to people: host and database. Where a
// password may have got into them, neither.
func serverName(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil || strings.Contains(u.Host+u.Path, "@") || u.Fragment != "" || u.User == nil && strings.Contains(u.RawQuery, "@") {
		return "PostgreSQL"
	}
	return strings.TrimSuffix(u.Host+u.Path, "/")
}

func (postgresDialect) goose() (goose.Dialect, []goose.ProviderOption, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return "", nil, err
	}
	return goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}

func (postgresDialect) folder() string { return "postgres" }

func (postgresDialect) tables() string {
	return "SELECT tablename AS name FROM pg_tables WHERE schemaname = ANY (current_schemas(false))"
}

func (postgresDialect) in(column, param string) string { return column + " = ANY(" + param + ")" }

func (postgresDialect) list(values any) any { return values }

func (postgresDialect) lock() string { return " FOR UPDATE" }

func (postgresDialect) skipLocked() string { return " FOR UPDATE SKIP LOCKED" }

// now is the server's clock, which all replicas share. It goes on within a
// transaction.
func (postgresDialect) now(ctx context.Context, db querier, _ func() time.Time) (time.Time, error) {
	var now instant
	err := db.QueryRowContext(ctx, "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint").Scan(&now)
	if err != nil {
		return time.Time{}, fmt.Errorf("ask the database for the time: %w", err)
	}
	return now.Time, nil
}

func (postgresDialect) durably(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) error {
	return transact(ctx, db, f)
}

// channel is what replicas listen to. Schemas of one database share it: to be
// woken for nothing does no harm.
const channel = "attache_planned"

func (postgresDialect) inTurn(ctx context.Context, tx *sql.Tx, names ...string) error {
	for _, name := range names {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name); err != nil {
			return fmt.Errorf("wait for the turn of %s: %w", name, err)
		}
	}
	return nil
}

func (postgresDialect) notify(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_notify($1, '')", channel)
	return err
}

// listen holds one connection, and makes another when it breaks.
func (p postgresDialect) listen(ctx context.Context, planned chan<- struct{}) {
	const pause = time.Second
	for ctx.Err() == nil {
		_ = p.listenOnce(ctx, planned) // the next one tells more; work goes on without
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

func (p postgresDialect) listenOnce(ctx context.Context, planned chan<- struct{}) error {
	conn, err := pgx.ConnectConfig(ctx, p.config)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	for {
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
		signal(planned)
	}
}

// alone is for SQLite: replicas share the work.
func (postgresDialect) alone() (io.Closer, error) { return nil, nil }

// matching makes one tsquery of all clauses; words pass through the parser as
// phrases, so that no character of theirs is an operator.
func (postgresDialect) matching(clauses []clause, args *params) match {
	where := "TRUE"
	if len(clauses) > 0 {
		where = "docs.words @@ (" + tsquery(clauses, args) + ")"
	}
	return match{from: "docs", key: "docs.key", where: where}
}

func tsquery(clauses []clause, args *params) string {
	all := make([]string, len(clauses))
	for i, c := range clauses {
		some := make([]string, len(c))
		for j, t := range c {
			if t.tag {
				some[j] = args.add("'"+strings.ReplaceAll(t.text, "'", "''")+"'") + "::tsquery"
				continue
			}
			some[j] = "phraseto_tsquery('attache', " + args.add(t.text) + ")"
		}
		all[i] = "(" + strings.Join(some, " || ") + ")"
	}
	return strings.Join(all, " && ")
}

func (postgresDialect) putDoc(ctx context.Context, tx *sql.Tx, d doc) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO docs (key, article, words)
		VALUES ($1, $2, to_tsvector('attache', $3) || to_tsvector('attache', $4) || array_to_tsvector($5))`,
		d.key, d.article, d.title, d.body, d.tags)
	return err
}

// again is so for a deadlock, for a transaction that could not be put in a row
// with another, and for two documents or deliveries that took one free place.
func (postgresDialect) again(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40P01" || e.Code == "40001" || e.Code == "23505" && (e.ConstraintName == "docs_pkey" || e.ConstraintName == "deliveries_place_sequence_key"))
}

// unfit is so by the class of the error: data that is no such data, a broken
// constraint, a limit of the program.
func (postgresDialect) unfit(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && len(e.Code) == 5 && slices.Contains([]string{"22", "23", "54"}, e.Code[:2])
}

func (p postgresDialect) explain(err error) error {
	var refused *pgconn.ConnectError
	if !errors.As(err, &refused) {
		return err
	}
	why := safe(refused)
	host, name := net.JoinHostPort(p.config.Host, strconv.Itoa(int(p.config.Port))), strconv.Quote(p.config.Database)
	var server *pgconn.PgError
	var lookup *net.DNSError
	var network net.Error
	switch {
	case errors.As(why, &server):
		return refusal(server, p.server, host, name)
	case errors.As(why, &lookup):
		return fmt.Errorf("there is no host %s: check database: or DATABASE_URL", p.config.Host)
	case errors.Is(why, syscall.ECONNREFUSED), errors.Is(why, fs.ErrNotExist):
		return fmt.Errorf("nothing answers at %s: check that PostgreSQL runs there, and the host and port in database: or DATABASE_URL", host)
	case errors.As(why, &network) && network.Timeout():
		return fmt.Errorf("no answer in time from %s: check that PostgreSQL runs there and can be reached, and the host and port in database: or DATABASE_URL", host)
	}
	return fmt.Errorf("the database %s does not let attache in: check database: or DATABASE_URL (%w)", p.server, why)
}

// refusal says what a server did not like, and what can be done. The codes are those
// of https://www.postgresql.org/docs/current/errcodes-appendix.html.
func refusal(e *pgconn.PgError, server, host, database string) error {
	switch e.Code {
	case "3D000": // invalid_catalog_name
		return fmt.Errorf("there is no database %s at %s: create it first (CREATE DATABASE), or name another one in database: or DATABASE_URL", database, host)
	case "28P01", "28000": // invalid_password, invalid_authorization_specification
		return fmt.Errorf("the database %s does not accept the user's name or password: check them in database: or DATABASE_URL", server)
	case "53300": // too_many_connections
		return fmt.Errorf("the database %s has no connection free: stop what is not needed, or raise its max_connections", server)
	}
	return fmt.Errorf("the database %s does not let attache in: check database: or DATABASE_URL (%w)", server, e)
}

// safe keeps of a refused connection what the server or the network said; the
// error's own text shows the user's name and the database's.
func safe(refused *pgconn.ConnectError) error {
	err := refused.Unwrap()
	// With and without TLS, every address of the host was tried: one line is for
	// the first.
	if all, ok := err.(interface{ Unwrap() []error }); ok && len(all.Unwrap()) > 0 {
		err = all.Unwrap()[0]
	}
	if err == nil {
		return errors.New("no answer")
	}
	return err
}
