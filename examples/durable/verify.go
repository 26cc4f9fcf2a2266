package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/mod/sumdb/note"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// origin is the name of the history in checkpoints.
const origin = "leapmotor-history"

// verify compares the log with the last checkpoint, and signs a new one.
func (p *program) verify(ctx context.Context, args []string) error {
	flags := newFlags("verify")
	rebuild := flags.Bool("rebuild", false, "")
	position := flags.Int64("receipt", 0, "")
	receipt := flags.String("check", "", "")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	if *receipt != "" {
		return p.check(*receipt)
	}
	open := proof.Open
	if *rebuild {
		open = proof.Rebuild
	}
	return p.with(ctx, true, func(log *sqllog.Log) error {
		signer, verifier, err := p.keys()
		if err != nil {
			return err
		}
		tree, err := open(ctx, log, log.Hashes())
		if err != nil {
			return fmt.Errorf("%w\nverify -rebuild makes the tree anew from the events, and then compares them", err)
		}
		said, signed, err := p.compare(ctx, tree, signer, verifier)
		if errors.Is(err, proof.ErrHashes) {
			return fmt.Errorf("%w: verify -rebuild makes them anew", err)
		}
		if err != nil {
			return err
		}
		if *position == 0 {
			fmt.Fprintln(p.out, said)
			return nil
		}
		if signed == nil {
			return errors.New("a receipt needs a signature, and the secret key is not here")
		}
		fmt.Fprintln(p.err, said) // the output is for the receipt
		return p.receipt(ctx, tree, *position, signed)
	})
}

// receipt prints the proof that a record is in the history.
func (p *program) receipt(ctx context.Context, tree *proof.Tree, position int64, signed []byte) error {
	r, err := tree.Receipt(ctx, position, signed)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		fmt.Fprintf(p.out, "%s\n", text)
	}
	return err
}

// check checks a receipt. It needs the public key and nothing else.
func (p *program) check(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var r proof.Receipt
	if err := json.Unmarshal(text, &r); err != nil {
		return fmt.Errorf("%s is no receipt: %w", path, err)
	}
	verifier, err := p.publicKey()
	if err != nil {
		return err
	}
	rec, c, err := r.Verify(origin, verifier)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s\nis in the history of %d events that was signed\n", line(rec, rec.Event.Data.Type), c.Size)
	return nil
}

// compare checks that the log still is what its last checkpoint stands for, and
// that today's history begins with it, and returns what to say about it, and
// today's checkpoint.
func (p *program) compare(ctx context.Context, tree *proof.Tree, signer note.Signer, verifier note.Verifier) (said string, signed []byte, err error) {
	last, err := p.last(verifier)
	first := errors.Is(err, fs.ErrNotExist)
	if err != nil && !first {
		return "", nil, err
	}
	if !first {
		if err := tree.Verify(ctx, last); err != nil {
			return "", nil, err
		}
	}
	today, err := tree.Checkpoint(ctx, origin, tree.Size())
	if err != nil {
		return "", nil, err
	}
	if err := tree.Verify(ctx, today); err != nil { // nothing is signed that was not read
		return "", nil, err
	}
	if signer != nil {
		if signed, err = today.Sign(signer); err != nil {
			return "", nil, err
		}
	}
	if first {
		said = fmt.Sprintf("%d events, root %v; no checkpoint yet", today.Size, today.Root)
		return said, signed, p.keep(today, signed, verifier)
	}
	path, err := tree.ProveExtension(ctx, last.Size, today.Size)
	if err != nil {
		return "", nil, err
	}
	if err := proof.CheckExtension(last, today, path); err != nil {
		return "", nil, err
	}
	if said = fmt.Sprintf("%d events, root %v; the %d of the last checkpoint are as they were, new: %d", today.Size, today.Root, last.Size, today.Size-last.Size); signer == nil {
		return said + "; nothing is signed, since the secret key is not here", nil, nil
	}
	return said, signed, p.keep(today, signed, verifier)
}

// keep puts a checkpoint in the place of the last one, unless another program has
// put a later one there meanwhile.
func (p *program) keep(c proof.Checkpoint, signed []byte, verifier note.Verifier) error {
	if last, err := p.last(verifier); err == nil && last.Size > c.Size {
		return nil
	}
	return replace(p.file+".checkpoint", signed, 0o644)
}

// last returns the last checkpoint.
func (p *program) last(verifier note.Verifier) (proof.Checkpoint, error) {
	signed, err := os.ReadFile(p.file + ".checkpoint")
	if err != nil {
		return proof.Checkpoint{}, err
	}
	c, err := proof.OpenCheckpoint(signed, origin, verifier)
	if err != nil {
		err = fmt.Errorf("%s.checkpoint: %w", p.file, err)
	}
	return c, err
}
