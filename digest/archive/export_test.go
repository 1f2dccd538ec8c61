package archive

import "context"

// Show gives a setting of the sessions that write.
func (a *Archive) Show(ctx context.Context, name string) (value string, err error) {
	return value, a.write.QueryRowContext(ctx, "SELECT current_setting($1)", name).Scan(&value)
}
