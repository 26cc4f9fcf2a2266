package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
)

// origin is the name of the history in checkpoints.
const origin = "leapmotor-history"

// verify compares the log with the last checkpoint, and signs a new one.
func (p *program) verify(ctx context.Context, args []string) error {
	flags := newFlags("verify")
	rebuild := flags.Bool("rebuild", false, "")
	position := flags.Int64("receipt", 0, "")
	receipt := flags.String("check", "", "")
	var c comparison
	flags.StringVar(&c.against, "against", "", "")
	flags.BoolVar(&c.anew, "anew", false, "")
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
	return p.with(ctx, true, func(log *store) (err error) {
		if c.keys, err = p.keys(); err != nil {
			return err
		}
		tree, err := open(ctx, log, log.hashes)
		if err != nil {
			return fmt.Errorf("%w\nverify -rebuild makes the tree anew from the events, and then compares them", err)
		}
		said, signed, err := p.compare(ctx, tree, c)
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

// A comparison is with what a log is compared.
type comparison struct {
	keys
	against string // the file of a checkpoint that was kept elsewhere, or empty
	anew    bool   // what was signed before is not asked for
}

// earlier returns the checkpoints with which the log is compared, the greatest last:
// that beside it, that which the user has seen last, and that which was kept elsewhere.
func (p *program) earlier(c comparison) ([]proof.Checkpoint, error) {
	seen := seenFile(c.verifier)
	files := []string{p.beside + ".checkpoint", seen}
	if c.anew {
		files = nil
	}
	if c.against != "" {
		files = append(files, c.against)
	}
	var all []proof.Checkpoint
	for _, name := range files {
		if name == "" { // there is no place for it
			continue
		}
		one, err := checkpointIn(name, c.verifier)
		unreadable := new(fs.PathError)
		if errors.Is(err, fs.ErrNotExist) && name != c.against || name == seen && errors.As(err, &unreadable) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	if len(all) == 0 && c.signer != nil && !c.unused && !c.anew {
		return nil, fmt.Errorf("%s.checkpoint is missing, and %s.key has signed one: so it looks if the history was rewritten. "+
			"verify -against FILE compares with a checkpoint that was kept elsewhere, and verify -anew begins again", p.beside, p.beside)
	}
	slices.SortStableFunc(all, func(a, b proof.Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	return all, nil
}

// compare checks that the log still is what earlier checkpoints stand for, and
// that today's history begins with them, and returns what to say about it, and
// today's checkpoint.
func (p *program) compare(ctx context.Context, tree *proof.Tree, c comparison) (said string, signed []byte, err error) {
	earlier, err := p.earlier(c)
	if err != nil {
		return "", nil, err
	}
	for _, e := range earlier {
		if err := tree.Verify(ctx, e); err != nil {
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
	if c.signer != nil {
		if signed, err = today.Sign(c.signer); err != nil {
			return "", nil, err
		}
	}
	if len(earlier) == 0 {
		said = fmt.Sprintf("%d events, root %v; no checkpoint yet", today.Size, today.Root)
		return said, signed, p.keep(today, signed, c)
	}
	last := earlier[len(earlier)-1]
	path, err := tree.ProveExtension(ctx, last.Size, today.Size)
	if err != nil {
		return "", nil, err
	}
	if err := proof.CheckExtension(last, today, path); err != nil {
		return "", nil, err
	}
	if said = fmt.Sprintf("%d events, root %v; the %d of the last checkpoint are as they were, new: %d", today.Size, today.Root, last.Size, today.Size-last.Size); c.signer == nil {
		return said + "; nothing is signed, since the secret key is not here", nil, nil
	}
	return said, signed, p.keep(today, signed, c)
}

// keep puts a checkpoint in the place of the last one beside the log, and of the last
// one that the user has seen. That it cannot be kept among the user's settings, as where
// there is no home, is said and no error.
func (p *program) keep(today proof.Checkpoint, signed []byte, c comparison) error {
	if err := keepIn(p.beside+".checkpoint", today, signed, c); err != nil {
		return err
	}
	if name := seenFile(c.verifier); name != "" {
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil {
			err = keepIn(name, today, signed, c)
		}
		if err != nil {
			fmt.Fprintf(p.err, "durable: what was seen is not remembered: %v\n", err)
		}
	}
	return p.used(c.keys)
}

// keepIn puts a checkpoint into a file, unless another program has put a later one there
// meanwhile.
func keepIn(name string, today proof.Checkpoint, signed []byte, c comparison) error {
	if last, err := checkpointIn(name, c.verifier); err == nil && last.Size > today.Size && !c.anew {
		return nil
	}
	return replace(name, signed, 0o644)
}

// seenFile returns where the greatest checkpoint is kept that the user has seen under a
// key: apart from the log, so that both cannot be put back together. It is empty if the
// system has no place for settings.
func seenFile(verifier note.Verifier) string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "leapmotor-timeline", fmt.Sprintf("%s+%08x.checkpoint", verifier.Name(), verifier.KeyHash()))
}

// checkpointIn returns the checkpoint of a file.
func checkpointIn(name string, verifier note.Verifier) (proof.Checkpoint, error) {
	signed, err := os.ReadFile(name)
	if err != nil {
		return proof.Checkpoint{}, err
	}
	c, err := proof.OpenCheckpoint(signed, origin, verifier)
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return c, err
}
