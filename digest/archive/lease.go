package archive

import (
	"context"
	"fmt"
	"time"
)

// Lease takes a named lease for a time, or prolongs it, where nobody else holds it:
// then held is true. It ends by itself, so that another takes over from one that died.
func (a *Archive) Lease(ctx context.Context, name, holder string, lasts time.Duration) (held bool, err error) {
	now, err := a.look(ctx)
	if err != nil {
		return false, err
	}
	result, err := a.write.ExecContext(ctx, `
		INSERT INTO leases (name, holder, fence, lease_until) VALUES ($1, $2, 1, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = leases.fence + 1, lease_until = excluded.lease_until
		WHERE leases.holder = excluded.holder OR leases.lease_until <= $4 OR leases.lease_until > $5`,
		name, holder, instant{now.Add(lasts)}, instant{now}, instant{now.Add(maxHold)})
	if err != nil {
		return false, a.dialect.explain(fmt.Errorf("take the lease %s: %w", name, err))
	}
	n, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("take the lease %s: %w", name, err)
	}
	return n > 0, nil
}

// Release gives a lease up, where it is held.
func (a *Archive) Release(ctx context.Context, name, holder string) error {
	_, err := a.write.ExecContext(ctx, "DELETE FROM leases WHERE name = $1 AND holder = $2", name, holder)
	if err != nil {
		return a.dialect.explain(fmt.Errorf("give up the lease %s: %w", name, err))
	}
	return nil
}
