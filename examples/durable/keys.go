package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// keys are those of a history.
type keys struct {
	signer   note.Signer // nil if the secret key is kept elsewhere
	verifier note.Verifier
	unused   bool // no checkpoint was kept yet that was signed with them
}

// unused is the last line of a file of keys with which nothing was signed yet.
const unused = "unused"

// keys returns the keys of the history; the first time it makes them. The file
// with the secret key has the public one too, so that they cannot get apart; the
// other file is a copy to give away. If there is only that beside a checkpoint,
// what is signed can be verified, and there is no signer.
func (p *program) keys() (keys, error) {
	text, err := os.ReadFile(p.beside + ".key")
	if errors.Is(err, fs.ErrNotExist) {
		if verifier, err := p.publicKey(); err == nil && p.isThere(".checkpoint") {
			return keys{nil, verifier, false}, nil
		}
		text, err = p.makeKeys()
	}
	if err != nil {
		return keys{}, err
	}
	secret, public, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	public, mark, _ := strings.Cut(public, "\n")
	k := keys{unused: mark == unused}
	if k.signer, err = note.NewSigner(secret); err != nil {
		return keys{}, fmt.Errorf("%s.key: %w", p.beside, err)
	}
	if k.verifier, err = note.NewVerifier(public); err != nil {
		return keys{}, fmt.Errorf("%s.key: %w", p.beside, err)
	}
	if !p.isThere(".key.pub") {
		return k, replace(p.beside+".key.pub", []byte(public+"\n"), 0o644)
	}
	return k, nil
}

// used notes that a checkpoint was kept: from now on one that is missing is noticed.
func (p *program) used(k keys) error {
	if !k.unused {
		return nil
	}
	text, err := os.ReadFile(p.beside + ".key")
	if err != nil {
		return err
	}
	return replace(p.beside+".key", bytes.TrimSuffix(text, []byte(unused+"\n")), 0o600)
}

// isThere reports whether there is a file beside the log.
func (p *program) isThere(suffix string) bool {
	_, err := os.Stat(p.beside + suffix)
	return !errors.Is(err, fs.ErrNotExist)
}

// makeKeys makes the keys, and returns those that are there in the end: another
// program may have been faster.
func (p *program) makeKeys() ([]byte, error) {
	if p.isThere(".checkpoint") {
		return nil, fmt.Errorf("%s.key is missing, and %s.checkpoint was signed with it", p.beside, p.beside)
	}
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	made, err := written(p.beside+".key", []byte(secret+"\n"+public+"\n"+unused+"\n"), 0o600)
	if err != nil {
		return nil, err
	}
	defer os.Remove(made)
	if err := os.Link(made, p.beside+".key"); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(p.beside + ".key")
}

// publicKey returns the key that everybody may have.
func (p *program) publicKey() (note.Verifier, error) {
	text, err := os.ReadFile(p.beside + ".key.pub")
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s.key.pub: %w", p.beside, err)
	}
	return verifier, nil
}

// replace writes a file as a whole: whoever reads it sees the old one or the
// new one.
func replace(path string, content []byte, mode fs.FileMode) error {
	made, err := written(path, content, mode)
	if err != nil {
		return err
	}
	return os.Rename(made, path)
}

// written writes a file beside path, and returns its name.
func written(path string, content []byte, mode fs.FileMode) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}
