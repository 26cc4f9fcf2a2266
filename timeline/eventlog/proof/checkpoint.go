package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Checkpoint stands for the first records of a log.
type Checkpoint struct {
	Origin string    // the name of the log: one line, not empty
	Size   int64     // how many records
	Root   tlog.Hash // of the tree over them
}

// ErrCheckpoint reports a checkpoint that is not one: its form is wrong, its
// signature is missing or not valid, or its origin is another.
var ErrCheckpoint = errors.New("proof: no valid checkpoint")

// maxSize bounds what a checkpoint may claim, far beyond any log: near 1<<62 the
// arithmetic of trees overflows.
const maxSize = 1 << 50

// Text returns the text of c, of three lines.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// ParseCheckpoint reads what [Checkpoint.Text] returns. Lines behind the third,
// which others may have added, are ignored. The error matches [ErrCheckpoint].
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, fmt.Errorf("%w: it has no three lines", ErrCheckpoint)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || size > maxSize || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("%w: %.20q is no number of records", ErrCheckpoint, lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, fmt.Errorf("%w: %.50q is no hash", ErrCheckpoint, lines[2])
	}
	return Checkpoint{lines[0], size, tlog.Hash(root)}, nil
}

// Sign returns the note of c with a signature by each signer. The error is that
// of a signer, or matches [ErrCheckpoint] if the origin is no line of text.
func (c Checkpoint) Sign(signers ...note.Signer) ([]byte, error) {
	if again, err := ParseCheckpoint(c.Text()); err != nil || again != c {
		return nil, fmt.Errorf("%w: origin %q, size %d", ErrCheckpoint, c.Origin, c.Size)
	}
	return note.Sign(&note.Note{Text: c.Text()}, signers...)
}

// OpenCheckpoint returns the checkpoint of a note with a signature that one of
// the verifiers knows, of the log with the given origin. The error matches
// [ErrCheckpoint].
func OpenCheckpoint(signed []byte, origin string, verifiers ...note.Verifier) (Checkpoint, error) {
	c, _, err := openNote(signed, origin, verifiers)
	return c, err
}

// openNote is OpenCheckpoint that returns the note, too.
func openNote(signed []byte, origin string, verifiers []note.Verifier) (Checkpoint, *note.Note, error) {
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return Checkpoint{}, nil, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	c, err := ParseCheckpoint(n.Text)
	if err == nil && c.Origin != origin {
		err = fmt.Errorf("%w: it is of %q, not of %q", ErrCheckpoint, c.Origin, origin)
	}
	return c, n, err
}

// Cosign adds the signature of a witness to a checkpoint of the log with the given
// origin, which one of the verifiers must know. A witness signs only what begins with
// the last checkpoint that it has signed: it calls [CheckExtension] before. The error
// matches [ErrCheckpoint], or is that of the witness.
func Cosign(signed []byte, origin string, witness note.Signer, verifiers ...note.Verifier) ([]byte, error) {
	_, n, err := openNote(signed, origin, verifiers)
	if err != nil {
		return nil, err
	}
	return note.Sign(n, witness)
}

// OpenCosigned is [OpenCheckpoint] for who trusts a log only together with others who
// have seen the same: the note must be signed by the log and by at least so many of the
// witnesses. Whoever shows a history to one and another to others needs as many of
// them to help.
func OpenCosigned(signed []byte, origin string, log note.Verifier, least int, witnesses ...note.Verifier) (Checkpoint, error) {
	if _, err := OpenCheckpoint(signed, origin, log); err != nil {
		return Checkpoint{}, err
	}
	c, n, err := openNote(signed, origin, append(slices.Clip(witnesses), log))
	if err != nil {
		return Checkpoint{}, err
	}
	if have := len(n.Sigs) - 1; have < least {
		return Checkpoint{}, fmt.Errorf("%w: %d of at least %d witnesses have signed it", ErrCheckpoint, have, least)
	}
	return c, nil
}
