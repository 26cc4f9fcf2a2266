// Package eventlog says what a log of events is: an append-only, durable store
// that many histories share, each as a stream of its own.
//
// A [Log] keeps every [Record] at a position of its own, and each stream counts
// revisions. [Encode] turns the payloads of events into their [Stored] form with
// a [Codec], [Decode] turns them back, and [Load] reads the events of a stream:
//
//	stored, err := eventlog.Encode(codec, events...)
//	result, err := log.Append(ctx, "leapmotor", revision, stored...)
//	events, err = eventlog.Load(ctx, log, "leapmotor", codec)
//	history, err := timeline.New(fold, events...)
//
// Append is all or nothing, can be repeated, and is refused with a
// [*ConflictError] if the stream has moved on. Acknowledged means durable.
//
// Stores are in packages of their own: memlog keeps records in memory, sqllog in
// SQLite or PostgreSQL, and natslog, a module of its own, in NATS JetStream. Package
// codec has a Codec for any set of Go types, personal seals what must be erasable, jsonl
// writes and reads logs as JSON Lines, proof shows that nobody rewrote a log, and
// logtest checks that a store keeps the contract of [Log]. Package archive keeps
// many timelines in step with a log.
//
//   - log, optional, check: what a log is, what it may offer besides, and what it refuses;
//   - cursor: how far a reader is, and whether the log is still the one that was read;
//   - decide: to append what follows from a stream;
//   - codec, metadata: payloads into their stored form and back, and what was said of a record;
//   - json, canonical: the JSON form of a record, and the fast way to read it as it is written.
package eventlog
