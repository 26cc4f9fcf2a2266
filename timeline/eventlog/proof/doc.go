// Package proof shows that nobody has rewritten a log.
//
// A [Tree] is the Merkle tree over the records of an [eventlog.Log]. Its root
// hash stands for all of them: their content, their number and their order. A
// [Checkpoint] is a root with the number of records, and a signed one can be
// given away: to a colleague, an auditor, a newspaper. Whoever has it can then
// be shown, with few hashes and without the log or its store, that
//
//   - an event is in the history that the checkpoint stands for: a [Receipt],
//   - a later history begins with an earlier one: [Tree.ProveExtension] and
//     [CheckExtension].
//
// And [Check] compares a log with a checkpoint, record by record, so that a
// record that was changed, dropped, inserted or moved is found.
//
// # What it rests on
//
// The tree is that of RFC 6962, Certificate Transparency, as
// golang.org/x/mod/sumdb/tlog has it: the leaf of a record is the SHA-256 hash
// of a zero byte and its stored form, [eventlog.Record.AppendJSON]. A signed
// checkpoint is a note of golang.org/x/mod/sumdb/note whose text is that of
// c2sp.org/tlog-checkpoint: the origin, the number of records, and the root in
// base64, a line each. Keys are made with [note.GenerateKey].
//
// # What it does not show
//
// That what the log says is true; and who was the first to see a checkpoint: a
// log whose owner has the key can be rewritten as a whole, with new
// checkpoints. The old ones, in other hands, then prove that it was.
package proof
