package archive

import (
	"context"
	"database/sql"
	"io"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"
)

// dialect is what differs between the two databases.
type dialect interface {
	// goose names the dialect for migrations, and what else the provider needs.
	goose() (goose.Dialect, []goose.ProviderOption, error)
	// folder is where the migrations are, below migrations.
	folder() string
	// tables is a SELECT of the names of the tables that there are.
	tables() string
	// in is a condition: column is one of the list given as the parameter.
	in(column, param string) string
	// list makes a []int64 or []string the value of such a parameter.
	list(values any) any
	// lock ends a SELECT whose rows the transaction is going to change.
	lock() string
	// skipLocked ends a SELECT of a row that another transaction may be taking.
	skipLocked() string
	// now is the time that counts; clock is this process's.
	now(ctx context.Context, db querier, clock func() time.Time) (time.Time, error)
	// durably runs f in a transaction that outlives a power cut.
	durably(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) error
	// inTurn lets the transactions that name one of the same things commit one after
	// the other, so that each sees what those before it did.
	inTurn(ctx context.Context, tx *sql.Tx, names ...string) error
	// notify tells other processes, once tx is committed, that something was planned.
	notify(ctx context.Context, tx *sql.Tx) error
	// listen sends to planned whenever another process has notified, until ctx ends.
	listen(ctx context.Context, planned chan<- struct{})
	// alone keeps other processes from running on the same database, where that is
	// needed: until the result is closed.
	alone() (io.Closer, error)
	// matching says where the documents that meet all clauses are found.
	matching(clauses []clause, args *params) match
	// putDoc stores a document under a key that is free.
	putDoc(ctx context.Context, tx *sql.Tx, d doc) error
	// again reports whether the same transaction may succeed when tried again.
	again(err error) bool
	// unfit reports whether the database refused what it was given, so that to try
	// again, or other things, changes nothing: no trouble of its own.
	unfit(err error) bool
	// explain adds to an error what people can do about it.
	explain(err error) error
}

// match is where documents are found, in parts of a SELECT.
type match struct {
	from  string // follows FROM
	docs  string // joins the table docs to it, where it isn't there
	key   string // the document's key
	where string // follows WHERE
}

// params collects the parameters of a query in the order they are named.
type params []any

// add takes a value and returns its name, "$3".
func (p *params) add(v any) string {
	*p = append(*p, v)
	return "$" + strconv.Itoa(len(*p))
}
