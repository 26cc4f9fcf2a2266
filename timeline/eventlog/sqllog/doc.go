// Package sqllog is an [eventlog.Log] in a SQL database: SQLite for programs
// that keep their history in a file, PostgreSQL when several share one.
//
//	db, err := sql.Open("sqlite", "history.db")
//	...
//	log, err := sqllog.Open(ctx, db, nil)
//
// It imports no driver: the [sql.DB] is the caller's, who opens and closes it.
// The tests run with modernc.org/sqlite and github.com/jackc/pgx/v5.
//
// # Tables
//
// [Open] makes five tables, and brings those of earlier versions forward. They
// are meant to be read with sqlite3 or psql:
//
//	timeline_events       the records: a row each
//	timeline_streams      the streams, and the last revision of each
//	timeline_log          one row: the version of the tables, the last position and
//	                      when that was recorded, the identity of the log
//	timeline_hashes       for package proof: the hashes of the Merkle tree
//	timeline_projections  how far each [Projection] has got
//
// In timeline_events the columns occurred and known have dates as they were
// written, EDTF; occurred_from, occurred_to, known_from and known_to have their
// first and last day, inclusive, as days since 1970-01-01. An event without
// knowledge time has the days of its valid time in known_from and known_to; it was
// known when it happened if its record does not say when it was recorded, and
// otherwise on the day of recorded. The columns data,
// cites, replaces, comes_after and meta are JSON. What an event does not have is
// NULL. The column recorded says when the database took the record; rows of versions
// before the third have it too, and their records do not say it.
//
// Triggers refuse to change or delete rows. Each row has a checksum over
// all its columns, against damaged files: a row that is damaged or missing gives an
// [eventlog.CorruptError]. Against those who can calculate a checksum there is
// package proof.
//
// # Durability
//
// An append that has returned without an error outlives the death of the
// program, of the server and of the machine, as far as the disk keeps what it
// has acknowledged. SQLite writes with a write-ahead log and full
// synchronisation: Open makes a file use the log, and refuses connections that
// are opened without the synchronisation, as does each append. PostgreSQL does so unless
// its settings fsync, full_page_writes or synchronous_commit are off, which Open refuses;
// where a role or a session has synchronous_commit off, an append waits all the same.
//
// # Concurrency
//
// Any number of programs may append to a database and read it. Appends go one
// after the other: SQLite has one writer at a time, and in PostgreSQL they take
// turns at the row of timeline_log, since positions have no gaps. A loop holds no
// connection while its body runs, with one exception: [Log.Follow] with
// [Options].Listen.
package sqllog
