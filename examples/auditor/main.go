// Auditor proves that a history was not rewritten: an auditor keeps a signed checkpoint of a few bytes, checks a
// receipt without seeing the log, and finds the record that was changed behind the checkpoint.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
)

const origin = "books.example.org" // by what the log is known

func booked(name, when, amount string) timeline.Event[eventlog.Stored] {
	return timeline.Event[eventlog.Stored]{
		ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name, When: edtf.MustParse(when),
		Data: eventlog.Stored{Type: "invoice.booked", Version: 1, Data: []byte(`{"amount":"` + amount + `"}`)},
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	ctx := context.Background()
	var books memlog.Log
	_, err := books.Append(ctx, "2024", 0, booked("invoice 1", "2024-01-15", "EUR 100"), booked("invoice 2", "2024-02-15", "EUR 200"))
	must(err)

	// The company signs a checkpoint, and the auditor keeps it with the key to check it.
	secret, public, err := note.GenerateKey(nil, origin)
	must(err)
	signer, err := note.NewSigner(secret)
	must(err)
	verifier, err := note.NewVerifier(public)
	must(err)
	tree, err := proof.Open(ctx, &books, &proof.Memory{})
	must(err)
	must(tree.Update(ctx))
	checkpoint, err := tree.Checkpoint(ctx, origin, tree.Size())
	must(err)
	signed, err := checkpoint.Sign(signer)
	must(err)
	fmt.Println("records under the checkpoint:", checkpoint.Size)

	// A receipt shows that an event is among them, and the auditor needs nothing else.
	receipt, err := tree.Receipt(ctx, 2, signed)
	must(err)
	record, _, err := receipt.Verify(origin, verifier)
	must(err)
	fmt.Println("proved:", record.Event.Name, string(record.Event.Data.Data))

	// A year later somebody has written the books anew.
	var rewritten memlog.Log
	_, err = rewritten.Append(ctx, "2024", 0, booked("invoice 1", "2024-01-15", "EUR 100"), booked("invoice 2", "2024-02-15", "EUR 20"))
	must(err)
	kept, err := proof.OpenCheckpoint(signed, origin, verifier)
	must(err)
	var mismatch *proof.MismatchError
	fmt.Println("the same books:", proof.Check(ctx, &rewritten, kept) == nil, errors.As(proof.Check(ctx, &rewritten, kept), &mismatch))
}
