// Package personal keeps personal data in a log so that it can be erased, although a log
// keeps everything for good: each person's data is sealed with a key of their own, and
// destroying the key erases it in the log and in all its copies and backups. This is known
// as crypto-shredding.
//
// A field of a payload is a [Data], and the codec of the log has the keys:
//
//	type Hired struct {
//		Job  string
//		Name personal.Data[string] // {Subject: "e-17", Value: "Anna Smith"}
//	}
//
//	keys, err := personal.OpenFiles("/var/lib/staff/keys")
//	codec := codec.New(nil, codec.Type[Payload]{Name: "hired", Version: 1, Zero: Hired{}}).WithKeys(keys)
//	err = keys.Destroy("e-17") // from now on Name is Erased in what is read
//
// Positions, hashes and proofs of the log stay what they are, since the sealed form does
// not change. A codec without keys refuses such payloads, so that nothing is stored in
// clear by mistake.
//
// What is not erased: the subject itself, so it should be a number and not a name; anything
// outside of a Data, such as the name, note and metadata of an event and the key of its
// stream; and what a program that runs has read already. Programs start anew after a
// Destroy. Keys must not be in the backups of the log, or these hold what was erased.
//
// Sealing is AES-256-GCM under keys derived with HKDF, with a nonce that follows from the
// value, so that the same event has the same stored form when an append is repeated. It is
// therefore visible that two values of one subject are the same, as is about how long they
// are.
package personal
