package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A fileChange is a line of a git history: a file was added, modified or deleted.
type fileChange struct {
	path string
	day  edtf.Day // not before that of the change before it
	blob string   // what the file then has, by its hash; empty if it is deleted
}

// readGit reads the history of the files of a clone: what each commit changed, along the
// first parents of HEAD.
func readGit(folder string) (changes []fileChange, err error) {
	git := exec.Command("git", "-C", folder, "log", "--reverse", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev", "--format=commit %ct")
	var problem bytes.Buffer
	git.Stderr = &problem
	out, err := git.StdoutPipe()
	if err == nil {
		err = git.Start()
	}
	if err != nil {
		return nil, err
	}
	changes, err = parseGit(out)
	if wait := git.Wait(); wait != nil {
		return nil, fmt.Errorf("git log in %s: %w: %s", folder, wait, strings.TrimSpace(problem.String()))
	}
	if err == nil && len(changes) == 0 {
		err = errors.New("there are no commits")
	}
	return changes, err
}

// parseGit reads what git log writes, in parts that end with a zero byte: for each commit
// its time, and for each file ":100644 100644 HASH HASH M" and the path.
func parseGit(r io.Reader) (changes []fileChange, err error) {
	parts := bufio.NewReader(r)
	var day edtf.Day
	for {
		part, err := parts.ReadString(0)
		if err == io.EOF && part == "" {
			return changes, nil
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		part = strings.Trim(part, "\n\x00")
		if stamp, ok := strings.CutPrefix(part, "commit "); ok {
			seconds, err := strconv.ParseInt(strings.TrimSpace(stamp), 10, 64)
			if err != nil {
				return nil, err
			}
			day = max(day, edtf.DayOf(time.Unix(seconds, 0).UTC()))
			continue
		}
		fields := strings.Fields(part)
		if len(fields) != 5 || part[0] != ':' {
			if part == "" {
				continue
			}
			return nil, fmt.Errorf("git log says %q", part)
		}
		path, err := parts.ReadString(0)
		if err != nil {
			return nil, err
		}
		c := fileChange{path: strings.TrimSuffix(path, "\x00"), day: day, blob: fields[3]}
		if fields[4] == "D" {
			c.blob = ""
		}
		changes = append(changes, c)
	}
}

// A gitFile is a file at some time.
type gitFile struct {
	Blob    string // empty if there is none
	Changes int
}

func (f *gitFile) apply(blob string) { f.Blob, f.Changes = blob, f.Changes+1 }

func foldFile(f gitFile, e timeline.Event[string]) (gitFile, error) {
	f.apply(e.Data)
	return f, nil
}

// gitCandidate keeps the files of a history.
type gitCandidate interface {
	load(changes []fileChange) error
	world(day edtf.Day) (files int, sum uint64) // of all files that there are
	file(path string, day edtf.Day) gitFile
}

// digestOf makes a number of a file.
func digestOf(path string, f *gitFile) uint64 {
	if f.Blob == "" {
		return 0
	}
	return mix(len(path), f.Changes, int64(len(f.Blob))<<32|int64(f.Blob[0])<<16|int64(f.Blob[1]))
}

// gitArchive is archive.Archive, with a stream for each path.
type gitArchive struct {
	a *archive.Archive[gitFile, string]
}

func (k *gitArchive) load(changes []fileChange) (err error) {
	if k.a, err = archive.New(foldFile, nil); err != nil {
		return err
	}
	return k.a.Load(func(yield func(string, timeline.Event[string]) bool) {
		for n := range changes {
			c := &changes[n]
			e := timeline.Event[string]{Seq: int64(n), When: c.day.Date(), Data: c.blob}
			binary.BigEndian.PutUint64(e.ID[8:], uint64(n)+1)
			e.ID = uuid.UUID(e.ID)
			if !yield(c.path, e) {
				return
			}
		}
	})
}

func (k *gitArchive) world(day edtf.Day) (files int, sum uint64) {
	for path, s := range k.a.All(day) {
		if s.State.Blob != "" {
			files++
			sum += digestOf(path, &s.State)
		}
	}
	return files, sum
}

func (k *gitArchive) file(path string, day edtf.Day) gitFile { return k.a.At(path, day).State }

// gitReplay is all changes in a slice, replayed into a map.
type gitReplay struct{ changes []fileChange }

func (k *gitReplay) load(changes []fileChange) error {
	k.changes = append([]fileChange(nil), changes...)
	return nil
}

func (k *gitReplay) replay(day edtf.Day) map[string]gitFile {
	files := map[string]gitFile{}
	for i := range k.changes {
		if k.changes[i].day > day {
			break
		}
		f := files[k.changes[i].path]
		f.apply(k.changes[i].blob)
		files[k.changes[i].path] = f
	}
	return files
}

func (k *gitReplay) world(day edtf.Day) (files int, sum uint64) {
	for path, f := range k.replay(day) {
		if f.Blob != "" {
			files++
			sum += digestOf(path, &f)
		}
	}
	return files, sum
}

func (k *gitReplay) file(path string, day edtf.Day) (f gitFile) {
	for i := range k.changes {
		if k.changes[i].day > day {
			break
		}
		if k.changes[i].path == path {
			f.apply(k.changes[i].blob)
		}
	}
	return f
}

// gitSlices is a slice of the changes of each path.
type gitSlices struct{ paths map[string][]fileChange }

func (k *gitSlices) load(changes []fileChange) error {
	k.paths = map[string][]fileChange{}
	for _, c := range changes {
		k.paths[c.path] = append(k.paths[c.path], c)
	}
	return nil
}

func (k *gitSlices) file(path string, day edtf.Day) (f gitFile) {
	list := k.paths[path]
	low, high := 0, len(list)
	for low < high {
		if middle := int(uint(low+high) / 2); list[middle].day <= day {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low > 0 {
		f = gitFile{list[low-1].blob, low}
	}
	return f
}

func (k *gitSlices) world(day edtf.Day) (files int, sum uint64) {
	for path := range k.paths {
		if f := k.file(path, day); f.Blob != "" {
			files++
			sum += digestOf(path, &f)
		}
	}
	return files, sum
}
