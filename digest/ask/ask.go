// Package ask answers questions from the archive: it reads a question into typed
// slots, searches, and returns stored sentences with their citations beside what
// it counted.
//
// Begin with [ParsePeriod], which finds the period that a question names.
package ask
