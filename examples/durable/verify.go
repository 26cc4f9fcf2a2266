package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/leapmotor-timeline/leapmotor/timeline/proof"
	"github.com/leapmotor-timeline/leapmotor/timeline/sqllog"
)

// origin is the name of the history in checkpoints.
const origin = "leapmotor-history"

// verify compares the log with the last checkpoint, and signs a new one.
func (p *program) verify(ctx context.Context, args []string) error {
	flags := newFlags("verify")
	receipt := flags.Int64("receipt", 0, "")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	return p.with(ctx, true, func(log *sqllog.Log) error {
		signer, verifier, err := p.keys()
		if err != nil {
			return err
		}
		tree, err := proof.Open(ctx, log, log.Hashes())
		if err != nil {
			return err
		}
		signed, err := p.compare(ctx, tree, signer, verifier)
		if err != nil || *receipt == 0 {
			return err
		}
		r, err := tree.Receipt(ctx, *receipt, signed)
		if err != nil {
			return err
		}
		text, err := json.MarshalIndent(r, "", "  ")
		fmt.Fprintf(p.out, "%s\n", text)
		return err
	})
}

// compare checks that the log still is what its last checkpoint stands for, and
// that today's history begins with it, and returns today's checkpoint.
func (p *program) compare(ctx context.Context, tree *proof.Tree, signer note.Signer, verifier note.Verifier) ([]byte, error) {
	today, err := tree.Checkpoint(ctx, origin, tree.Size())
	if err != nil {
		return nil, err
	}
	last, err := p.last(verifier)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		fmt.Fprintf(p.out, "%d events, root %v; no checkpoint yet\n", today.Size, today.Root)
	case err != nil:
		return nil, err
	default:
		if err := tree.Verify(ctx, last); err != nil {
			return nil, err
		}
		path, err := tree.ProveExtension(ctx, last.Size, today.Size)
		if err != nil {
			return nil, err
		}
		if err := proof.CheckExtension(last, today, path); err != nil {
			return nil, err
		}
		fmt.Fprintf(p.out, "%d events, root %v; the %d of the last checkpoint are as they were, new: %d\n", today.Size, today.Root, last.Size, today.Size-last.Size)
	}
	signed, err := today.Sign(signer)
	if err != nil {
		return nil, err
	}
	return signed, replace(p.file+".checkpoint", signed, 0o644)
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

// keys returns the keys beside the file; the first time it makes them.
func (p *program) keys() (note.Signer, note.Verifier, error) {
	secret, err := os.ReadFile(p.file + ".key")
	if errors.Is(err, fs.ErrNotExist) {
		if secret, err = p.makeKeys(); err != nil {
			return nil, nil, err
		}
	}
	if err != nil {
		return nil, nil, err
	}
	signer, err := note.NewSigner(strings.TrimSpace(string(secret)))
	if err != nil {
		return nil, nil, fmt.Errorf("%s.key: %w", p.file, err)
	}
	public, err := os.ReadFile(p.file + ".key.pub")
	if err != nil {
		return nil, nil, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(public)))
	if err != nil {
		return nil, nil, fmt.Errorf("%s.key.pub: %w", p.file, err)
	}
	return signer, verifier, nil
}

// makeKeys writes the public key first: if it is killed in between, it makes
// both anew.
func (p *program) makeKeys() ([]byte, error) {
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	if err := replace(p.file+".key.pub", []byte(public+"\n"), 0o644); err != nil {
		return nil, err
	}
	return []byte(secret), replace(p.file+".key", []byte(secret+"\n"), 0o600)
}

// replace writes a file as a whole: whoever reads it sees the old one or the
// new one.
func replace(path string, content []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
