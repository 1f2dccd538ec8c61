// Package ask answers questions from the archive: it reads a question into typed
// slots, searches, weighs what was found, and returns stored sentences with their
// citations beside what it counted.
//
// Begin with [Engine.Answer]. [Engine.Understand] is how it reads a question in
// its thread, [ParsePeriod] how it reads a period, and [Engine.Rank] how it weighs
// articles, without an answer made of them. Outlets and the words for themes are
// lists of data: outlets.txt, topics.txt.
package ask
