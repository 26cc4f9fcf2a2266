package personal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// Files keeps keys in a folder, each in a file of its own, which only its owner may read.
// Programs on one machine may share the folder: a key that one of them has destroyed is
// destroyed for all at once.
//
// Destroying a key overwrites its file in place. What a disk or a file system keeps of
// overwritten data is out of reach: where that matters, keep the folder on an encrypted
// volume, or take a service for keys instead of Files.
type Files struct {
	folder string
	mu     sync.Mutex
	known  map[string]Key
}

// OpenFiles opens a folder of keys, and makes it if it is not there.
func OpenFiles(folder string) (*Files, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("personal: %w", err)
	}
	return &Files{folder: folder, known: map[string]Key{}}, nil
}

// keyFile is what a file holds, as JSON. One that says erased is longer than any that has
// the key of the same subject.
type keyFile struct {
	Subject string `json:"subject"`
	Key     []byte `json:"key,omitempty"`
	Erased  bool   `json:"erased,omitempty"`
}

func (f *Files) path(subject string) string {
	sum := sha256.Sum256([]byte(subject))
	return filepath.Join(f.folder, hex.EncodeToString(sum[:])+".key")
}

func keyText(subject string, key Key) ([]byte, error) {
	return value.JSON(keyFile{Subject: subject, Key: key[:]})
}

// Find is that of [Keys]. It looks at the file each time, and reads it once.
func (f *Files) Find(subject string) (Key, error) {
	info, err := os.Stat(f.path(subject))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Key{}, ErrNoKey
	case err != nil:
		return Key{}, fmt.Errorf("personal: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if key, ok := f.known[subject]; ok {
		if text, err := keyText(subject, key); err == nil && info.Size() == int64(len(text)) {
			return key, nil
		}
		delete(f.known, subject)
	}
	key, err := f.read(subject)
	if err == nil {
		f.known[subject] = key
	}
	return key, err
}

func (f *Files) read(subject string) (Key, error) {
	text, err := os.ReadFile(f.path(subject))
	if err != nil {
		return Key{}, fmt.Errorf("personal: %w", err)
	}
	var file keyFile
	if err := value.StrictJSON(text, &file); err != nil {
		return Key{}, fmt.Errorf("personal: the key file %s: %w", f.path(subject), err)
	}
	switch {
	case file.Subject != subject || len(file.Key) != len(Key{}) && !file.Erased:
		return Key{}, fmt.Errorf("personal: the key file %s is not that of subject %q", f.path(subject), subject)
	case file.Erased:
		return Key{}, ErrErased
	}
	return Key(file.Key), nil
}

// Make is that of [Keys]. A new key is on the disk when it returns.
func (f *Files) Make(subject string) (Key, error) {
	if !isSubject(subject) {
		return Key{}, errSubject
	}
	f.mu.Lock()
	_, known := f.known[subject]
	f.mu.Unlock()
	key, err := f.Find(subject)
	if err == nil && !known {
		err = f.sync() // another program may just have made it
	}
	if !errors.Is(err, ErrNoKey) {
		return key, err
	}
	rand.Read(key[:]) //nolint:errcheck // it never fails
	text, err := keyText(subject, key)
	if err == nil {
		err = f.create(subject, text)
	}
	if errors.Is(err, fs.ErrExist) { // somebody was faster
		err = f.sync()
	}
	if err != nil {
		return Key{}, fmt.Errorf("personal: %w", err)
	}
	return f.Find(subject)
}

// create creates the file of a subject as a whole. The error matches [fs.ErrExist] if it is
// there.
func (f *Files) create(subject string, text []byte) error {
	temp, err := os.CreateTemp(f.folder, "*.new")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(text)
	if err == nil {
		err = temp.Sync()
	}
	if err := errors.Join(err, temp.Close()); err != nil {
		return err
	}
	if err := os.Link(temp.Name(), f.path(subject)); err != nil {
		return err
	}
	return f.sync()
}

// sync waits until the names in the folder are on the disk.
func (f *Files) sync() error {
	if runtime.GOOS == "windows" {
		return nil // which has no such call
	}
	folder, err := os.Open(f.folder)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Destroy destroys the key of a subject, which gets no other: everything that was sealed
// for it is erased, wherever it is. A subject without a key may be destroyed too, so that
// it gets none. If it fails, do it again.
func (f *Files) Destroy(subject string) error {
	if !isSubject(subject) {
		return errSubject
	}
	text, err := value.JSON(keyFile{Subject: subject, Erased: true})
	if err != nil {
		return err
	}
	open, err := keyText(subject, Key{})
	if err != nil {
		return err
	}
	text = append(text, bytes.Repeat([]byte(" "), len(open))...)
	err = f.create(subject, text)
	if errors.Is(err, fs.ErrExist) {
		err = overwrite(f.path(subject), text)
	}
	if err != nil {
		return fmt.Errorf("personal: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.known, subject)
	return nil
}

func overwrite(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(text, 0)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
