package main

import (
	"context"
	"fmt"
	"time"

	"attache/digest/archive"
)

// runsKept is how long runs are kept that are over.
const runsKept = 90 * 24 * time.Hour

// forget is the run that deletes questions and answers that are older than the
// config keeps them, and runs that are long over.
func (sv *service) forget(ctx context.Context, _ *archive.Run) (ended bool, err error) {
	now, err := sv.archive.Now(ctx)
	if err != nil {
		return false, err
	}
	deleted, err := sv.archive.Forget(ctx, now.Add(-sv.config.Questions.Keep), now.Add(-runsKept))
	if err != nil {
		return false, fmt.Errorf("deleting what is kept no longer: %w", err)
	}
	sv.log.Info("what is kept no longer was deleted", "records", deleted, "questions kept", sv.config.Questions.Keep)
	return false, nil
}
