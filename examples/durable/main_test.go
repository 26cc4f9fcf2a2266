package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
)

// TestMain lets the test binary be the program, so that it can be killed.
func TestMain(m *testing.M) {
	if os.Getenv("DURABLE") != "" {
		main()
	}
	// Where the greatest checkpoints are kept that the user has seen.
	dir, err := os.MkdirTemp("", "durable")
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		os.Setenv(name, dir)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// start starts the program in a folder.
func start(t *testing.T, dir string, args ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Dir, c.Env = dir, append(os.Environ(), "DURABLE=1")
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	return c, bufio.NewScanner(out)
}

// run runs a command on a file.
func run(t *testing.T, file, in string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &program{in: strings.NewReader(in), out: &out, err: &err}
	code = p.run(t.Context(), append([]string{"-db", file}, args...))
	return code, out.String(), err.String()
}

func done(t *testing.T, file string, args ...string) string {
	t.Helper()
	code, stdout, stderr := run(t, file, "", args...)
	require.Zero(t, code, stderr)
	require.Empty(t, stderr)
	return stdout
}

// inOneLine returns text without its line ends, which depend on the name of a file.
func inOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

var root = regexp.MustCompile(`root [A-Za-z0-9+/]{43}=`)

// A session with every command.
func TestSession(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	assert.Equal(t, file+" holds 369 events, 369 of them new\n", done(t, file, "init"))
	assert.Equal(t, file+" holds 369 events, 0 of them new\n", done(t, file, "init"))
	want, err := os.ReadFile("../../internal/terminal/testdata/whole-2024-07-01.golden")
	require.NoError(t, err)
	got := strings.ReplaceAll(inOneLine(done(t, file, "asof", "2024-07-01")), " -log "+file, "")
	assert.Equal(t, inOneLine(string(want)), got, "as of the history itself")
	assert.Equal(t, "369 events, root R; no checkpoint yet\n", root.ReplaceAllString(done(t, file, "verify"), "root R"))

	d19 := []string{"append", "-name", "d19", "-when", "2025-12", "-type", "model.launched", "-data", `{"model":"D19"}`}
	assert.Equal(t, "d19 is at position 370\n", done(t, file, d19...))
	assert.Equal(t, "d19 is at position 370\n", done(t, file, d19...), "the same again")
	assert.Contains(t, done(t, file, "asof", "-json", "2025-12-31"), `"D19"`)
	followed := done(t, file, "follow", "-until", "d19")
	assert.Equal(t, 370, strings.Count(followed, "\n"))
	assert.Contains(t, followed, "  370  2025-12                   d19                                 D19 is launched\n")

	code, receipt, said := run(t, file, "", "verify", "-receipt", "370")
	require.Zero(t, code)
	assert.Equal(t, "370 events, root R; the 369 of the last checkpoint are as they were, new: 1\n", root.ReplaceAllString(said, "root R"))
	kept := filepath.Join(t.TempDir(), "receipt.json")
	require.NoError(t, os.WriteFile(kept, []byte(receipt), 0o600))
	assert.Equal(t, "  370  2025-12                   d19                                 model.launched\nis in the history of 370 events that was signed\n", done(t, file, "verify", "-check", kept))
	require.NoError(t, os.WriteFile(kept, []byte(strings.Replace(receipt, "D19", "D18", 1)), 0o600))
	code, _, stderr := run(t, file, "", "verify", "-check", kept)
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "does not lead from it to the checkpoint's root")
	var r proof.Receipt
	require.NoError(t, json.Unmarshal([]byte(receipt), &r))
	public, err := os.ReadFile(file + ".key.pub")
	require.NoError(t, err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(public)))
	require.NoError(t, err)
	rec, _, err := r.Verify(origin, verifier)
	require.NoError(t, err)
	assert.Equal(t, "d19", rec.Event.Name)

	// To a file and from there, and from the output to the input.
	lines := filepath.Join(t.TempDir(), "backup.jsonl")
	assert.Equal(t, "370 events are in "+lines+"\n", done(t, file, "export", lines))
	copied := filepath.Join(t.TempDir(), "copy.db")
	assert.Equal(t, "370 events are appended, 0 were there\n", done(t, copied, "import", lines))
	text := done(t, copied, "export")
	original, err := os.ReadFile(lines)
	require.NoError(t, err)
	assert.Equal(t, string(original), text)
	code, stdout, stderr := run(t, copied, text, "import")
	assert.Zero(t, code, stderr)
	assert.Equal(t, "0 events are appended, 370 were there\n", stdout)
}

func TestFaults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"", 2, "no command is given"},
		{"dance", 2, `there is no command "dance"`},
		{"init now", 2, `init does not take "now"`},
		{"append -when 2020", 2, "append needs -name, -when, -type and -data"},
		{"append -name x -when 2020-13 -type model.launched", 2, "2020-13"},
		{"append -name x -when 2020 -type rocket.launched -data {}", 1, "there is no type rocket.launched v1"},
		{`append -name x -when 2020 -type model.launched -data {"colour":1}`, 1, `unknown field "colour"`},
		{`append -name x -when 2024-12 -type production.ended -data {"plant":"X","model":"Y"}`, 1, "it does not fit: /plants/X/models/Y: the Y was made at X (x); missing: when that began"},
		{`append -name x -when 2018/2020 -type model.launched -data {"model":"X"}`, 1, "a span is no window"},
		{`append -name leapmotor-founded -when 2020 -type model.launched -data {"model":"X"}`, 1, "the ID is taken by another event"},
		{`append -name x -when 2020 -type model.launched -data {"model":"X"}}`, 1, "more than one JSON value"},
		{"asof soon", 2, "cannot be read as a date"},
		{"asof -log nowhere 2024", 2, "nowhere"},
		{"verify -receipt 999", 1, "a receipt for position 999 of 369 records"},
		{"import nowhere.jsonl", 1, "nowhere.jsonl"},
	} {
		code, stdout, stderr := run(t, file, "", strings.Fields(c.args)...)
		assert.Equal(t, c.code, code, "%s: %s", c.args, stderr)
		assert.Contains(t, stderr, c.want, c.args)
		if !strings.HasPrefix(c.args, "verify") {
			assert.Empty(t, stdout, c.args)
		}
	}
	code, _, stderr := run(t, file, "{\n{}\n", "import", "-")
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "input:1")
	assert.Contains(t, stderr, "2 faults, and nothing is imported")
	code, _, stderr = run(t, file, `{"subject":"other","id":"00000000-0000-0000-0000-000000000001","when":"2024","type":"model.launched","version":1,"data":{"model":"X"}}
{"subject":"leapmotor","id":"00000000-0000-0000-0000-000000000002","when":"2024","type":"model.launched","version":1,"data":{"colour":"red"}}`, "import")
	assert.Equal(t, 1, code)
	assert.NotContains(t, stderr, "input:1", "another history is fine")
	assert.Contains(t, stderr, `input:2: 00000000-0000-0000-0000-000000000002: codec: model.launched v1: json: unknown field "colour"`)
	code, _, stderr = run(t, file, `{"subject":"leapmotor","id":"00000000-0000-0000-0000-000000000003","name":"x","when":"2024","type":"deliveries.recorded","version":1,"data":{"period":"2024","count":-1}}`, "import")
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "input: nothing is imported, since the history leapmotor cannot be folded with it: ")
	assert.Contains(t, stderr, "deliveries: -1")
	assert.Contains(t, done(t, file, "verify"), "369 events")
	assert.Contains(t, done(t, file, "-h"), "Usage: durable")
	assert.Contains(t, done(t, file, "help"), "Usage: durable")
	assert.Contains(t, done(t, file, "init", "-h"), "Usage: durable")
	for _, command := range []string{"append -name x -when 2020 -type model.launched -data {\"model\":\"X\"}", "asof 2024", "follow", "verify", "export"} {
		code, _, stderr := run(t, file+"x", "", strings.Fields(command)...)
		assert.Equal(t, 1, code, command)
		assert.Contains(t, stderr, "init makes it")
	}
	require.NoFileExists(t, file+"x")
}

// Killed on its way, again and again, and started again, it gets there, and what
// it has is what it would have been.
func TestKilledOnItsWay(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "history.db")
	kills := 0
	for {
		c, out := start(t, dir, "init", "-pause", "3ms")
		time.Sleep(time.Duration(20+rand.IntN(60)) * time.Millisecond)
		_ = c.Process.Kill()
		out.Scan()
		_ = c.Wait()
		if strings.Contains(out.Text(), "holds 369 events") {
			break
		}
		kills++
		require.Less(t, kills, 500)
		if kills > 5 { // by now let it be
			break
		}
	}
	assert.Positive(t, kills)
	done(t, file, "init")
	whole := filepath.Join(t.TempDir(), "history.db")
	done(t, whole, "init")
	recorded := regexp.MustCompile(`,"recorded":"[^"]+"`) // which is never the same, and so neither is the root
	exported := func(file string) string { return recorded.ReplaceAllString(done(t, file, "export"), "") }
	assert.Equal(t, exported(whole), exported(file))
	assert.Equal(t, 369, len(recorded.FindAllString(done(t, file, "export"), -1)))
	assert.Contains(t, done(t, file, "verify"), "369 events, root ")
	t.Logf("killed %d times", kills)
}

// What one program appends another one sees.
func TestTwoPrograms(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "history.db")
	done(t, file, "init")
	c, out := start(t, dir, "follow", "-until", "told-4")
	for range 369 {
		require.True(t, out.Scan())
	}
	for n := range 5 {
		name := fmt.Sprint("told-", n)
		done(t, file, "append", "-name", name, "-when", "2025-12", "-type", "context.noted", "-data", fmt.Sprintf(`{"actor":"note","what":"%d"}`, n))
		require.True(t, out.Scan())
		assert.Contains(t, out.Text(), name)
	}
	require.NoError(t, c.Wait())
}

// Somebody changes the file by hand: that is found, and the event is named.
func TestRewritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	done(t, file, "verify")
	lines := strings.Split(strings.TrimSpace(done(t, file, "export")), "\n")
	lines[6], lines[7] = lines[7], lines[6]
	forged := filepath.Join(t.TempDir(), "history.db")
	code, _, stderr := run(t, forged, strings.Join(lines, "\n"), "import")
	require.Zero(t, code, stderr)
	for _, suffix := range []string{".checkpoint", ".key", ".key.pub"} {
		text, err := os.ReadFile(file + suffix)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(forged+suffix, text, 0o600))
	}
	code, _, stderr = run(t, forged, "", "verify")
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "the history does not match")
	require.NoError(t, os.WriteFile(file+".checkpoint", []byte("leapmotor-history\n1\nAAAA\n"), 0o600))
	code, _, stderr = run(t, file, "", "verify")
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "history.db.checkpoint: proof: no valid checkpoint")
}

// A row that is rewritten so that its stored form stays the same is found, and
// so is one whose columns do not agree with each other.
func TestRewrittenRows(t *testing.T) {
	for change, want := range map[string]string{
		`data = data || ',"cites":' || cites, cites = NULL`: "column data: ",
		`id = upper(id)`:       "column id: ",
		`occurred_to = 0`:      "column occurred_to: ",
		`retraction = 0`:       "column retraction: ",
		`cites = cites || ' '`: "column cites: ",
	} {
		file := filepath.Join(t.TempDir(), "history.db")
		done(t, file, "init")
		done(t, file, "verify")
		db, err := sql.Open("sqlite", "file:"+file)
		require.NoError(t, err)
		_, err = db.Exec(`DROP TRIGGER timeline_events_stay; UPDATE timeline_events SET ` + change + ` WHERE name = 'leapmotor-founded'`)
		require.NoError(t, err)
		require.NoError(t, db.Close())
		code, _, stderr := run(t, file, "", "verify")
		assert.Equal(t, 1, code, change)
		assert.Contains(t, stderr, want, change)
	}
}

// Of two events of which either can follow, but not both, one is appended.
func TestAppendsThatExcludeEachOther(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	done(t, file, "append", "-name", "start", "-when", "2024-01", "-type", "stake.closed", "-data", `{"holder":"A","percent":1}`)
	const programs = 4
	codes := make(chan int, programs)
	for n := range programs {
		go func() {
			p := program{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
			codes <- p.run(context.Background(), []string{"-db", file, "append", "-name", fmt.Sprint("end-", n), "-when", "2024-02-01", "-type", "stake.transferred", "-data", `{"from":"A","to":"B"}`})
		}()
	}
	appended := 0
	for range programs {
		if <-codes == 0 {
			appended++
		}
	}
	assert.Equal(t, 1, appended)
	done(t, file, "asof", "2024-03-01")
}

func TestExportNeverHitsTheLog(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	done(t, file, "verify")
	for _, suffix := range []string{"", ".key", ".checkpoint"} {
		code, _, stderr := run(t, file, "", "export", file+suffix)
		assert.Equal(t, 1, code)
		assert.Contains(t, stderr, "belongs to the log itself")
	}
	assert.Contains(t, done(t, file, "verify"), "are as they were")
	assert.Equal(t, done(t, file, "export"), done(t, file, "export", "-"))
	other := filepath.Join(filepath.Dir(file), "other.db")
	done(t, other, "init")
	code, _, stderr := run(t, other, "", "export", other+".key")
	assert.Equal(t, 1, code, "nor when the key is not there yet")
	assert.Contains(t, stderr, "belongs to the log itself")
	require.Empty(t, done(t, file, "export", os.DevNull))
	info, err := os.Stat(os.DevNull)
	require.NoError(t, err)
	assert.False(t, info.Mode().IsRegular(), "what is no file stays what it is")
}

// Only the tree of hashes is damaged: that is distinguished from a rewritten
// history, and mended.
func TestDamagedTree(t *testing.T) {
	file := filepath.Join(t.TempDir(), "odd ?%name.db")
	done(t, file, "init")
	done(t, file, "verify")
	p := &program{db: file, beside: file}
	for _, damage := range []string{
		`UPDATE timeline_hashes SET hash = zeroblob(32) WHERE place = 2`,
		`UPDATE timeline_hashes SET hash = zeroblob(32) WHERE place = (SELECT max(place) FROM timeline_hashes)`,
		`DELETE FROM timeline_hashes WHERE place = 5`,
	} {
		require.NoError(t, p.with(t.Context(), true, func(*store) error { return nil }))
		db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f").Replace(file))
		require.NoError(t, err)
		_, err = db.Exec(damage)
		require.NoError(t, err)
		require.NoError(t, db.Close())
		code, _, stderr := run(t, file, "", "verify")
		assert.Equal(t, 1, code)
		assert.Contains(t, stderr, "verify -rebuild makes")
		assert.Contains(t, done(t, file, "verify", "-rebuild"), "the 369 of the last checkpoint are as they were, new: 0")
	}
}

// The secret key is kept elsewhere: what was signed is verified all the same.
func TestVerifyWithoutSecretKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	done(t, file, "verify")
	before, err := os.ReadFile(file + ".checkpoint")
	require.NoError(t, err)
	require.NoError(t, os.Remove(file+".key"))
	assert.Contains(t, done(t, file, "verify"), "the 369 of the last checkpoint are as they were, new: 0; nothing is signed, since the secret key is not here")
	code, stdout, stderr := run(t, file, "", "verify", "-receipt", "1")
	assert.Equal(t, 1, code)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, "a receipt needs a signature")
	after, err := os.ReadFile(file + ".checkpoint")
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	require.NoFileExists(t, file+".key", "no other is made")
	require.NoError(t, os.Remove(file+".key.pub"))
	code, _, stderr = run(t, file, "", "verify")
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, ".key is missing")
}

// Several programs that verify for the first time get one pair of keys.
func TestKeysAreMadeOnce(t *testing.T) {
	for range 10 {
		file := filepath.Join(t.TempDir(), "history.db")
		done(t, file, "init")
		var group sync.WaitGroup
		for range 4 {
			group.Add(1)
			go func() {
				defer group.Done()
				_, err := (&program{db: file, beside: file}).keys()
				assert.NoError(t, err)
			}()
		}
		group.Wait()
		done(t, file, "verify")
		done(t, file, "verify")
		left, err := filepath.Glob(file + "*.new")
		require.NoError(t, err)
		require.Empty(t, left)
	}
}

// Progress is for a terminal.
func TestProgress(t *testing.T) {
	var stderr bytes.Buffer
	for _, terminal := range []bool{false, true} {
		p := &program{err: &stderr, terminal: terminal}
		b := p.progress("events", 50)
		for n := range 50 {
			b.show(n + 1)
		}
		b.done()
	}
	assert.Equal(t, "\r1 of 50 events (2 %)\x1b[K\r50 of 50 events (100 %)\x1b[K\r\x1b[K", stderr.String())
}

// A page that is open shows what another program appends.
func TestExplore(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "history.db")
	done(t, file, "init")
	_, lines := start(t, dir, "explore", "-addr", "127.0.0.1:0")
	require.True(t, lines.Scan())
	address, _, _ := strings.Cut(lines.Text(), " ")
	response, err := http.Get(address + "live")
	require.NoError(t, err)
	defer response.Body.Close()
	news := bufio.NewScanner(response.Body)
	next := func() string {
		for news.Scan() {
			if data, ok := strings.CutPrefix(news.Text(), "data: "); ok {
				_, number, _ := strings.Cut(data, ".")
				return number
			}
		}
		return "it has ended"
	}
	require.Equal(t, "1", next())
	assert.NotContains(t, fetched(t, address+"?on=2025-12-31"), "D19 is launched")
	done(t, file, "append", "-name", "d19", "-when", "2025-12", "-type", "model.launched", "-data", `{"model":"D19"}`)
	for !strings.Contains(fetched(t, address+"?on=2025-12-31"), "D19 is launched") { // the files change before the event is in them
		require.NotEqual(t, "it has ended", next())
	}
	assert.Contains(t, fetched(t, address+"api/asof?on=2025-12-31"), `"D19"`)

	code, _, stderr := run(t, filepath.Join(dir, "none.db"), "", "explore")
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "init makes it")
}

func fetched(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(text)
}

// A history that was rewritten, or put back to an older state, is not signed silently:
// neither when its checkpoint is gone, nor when that was put back with it.
func TestVerifyNeedsWhatWasSigned(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	done(t, file, "verify")
	kept := map[string][]byte{}
	for _, suffix := range []string{"", ".checkpoint"} {
		text, err := os.ReadFile(file + suffix)
		require.NoError(t, err)
		kept[suffix] = text
	}
	done(t, file, "append", "-name", "d19", "-when", "2025-12", "-type", "model.launched", "-data", `{"model":"D19"}`)
	done(t, file, "verify")
	elsewhere := filepath.Join(t.TempDir(), "kept.checkpoint")
	text, err := os.ReadFile(file + ".checkpoint")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(elsewhere, text, 0o600))

	require.NoError(t, os.Remove(file+".checkpoint"))
	verifier, err := (&program{db: file, beside: file}).publicKey()
	require.NoError(t, err)
	seen := seenFile(verifier)
	remembered, err := os.ReadFile(seen)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(remembered))
	require.NoError(t, os.Remove(seen))
	code, stdout, stderr := run(t, file, "", "verify")
	assert.Equal(t, 1, code)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, "history.db.checkpoint is missing, and")
	assert.Contains(t, stderr, "verify -against FILE")
	require.NoFileExists(t, file+".checkpoint", "nothing is signed")
	assert.Contains(t, done(t, file, "verify", "-against", elsewhere), "the 370 of the last checkpoint are as they were")

	for suffix, text := range kept { // both are put back
		require.NoError(t, os.WriteFile(file+suffix, text, 0o600))
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		require.NoError(t, os.RemoveAll(file+suffix))
	}
	for _, args := range [][]string{{"verify"}, {"verify", "-against", elsewhere}} {
		code, _, stderr = run(t, file, "", args...)
		assert.Equal(t, 1, code)
		assert.Contains(t, stderr, "the history does not match", "it was seen with more")
	}
	require.NoError(t, os.Remove(seen))
	code, _, stderr = run(t, file, "", "verify", "-against", elsewhere)
	assert.Equal(t, 1, code, "also by who has not seen it")
	assert.Contains(t, stderr, "the history does not match")
	assert.Contains(t, done(t, file, "verify", "-anew"), "369 events")
	code, _, stderr = run(t, file, "", "verify", "-against", filepath.Join(t.TempDir(), "none"))
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "no such file")
}

// A correction as Operations has it: told by whom and why, in plain English, and taken
// back again. As known before, nothing has changed.
func TestCorrection(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	added := []string{"append", "-name", "d19", "-when", "Q4 2025", "-type", "model.launched", "-data", `{"model":"D19"}`, "-cites", "itg04", "-note", "By a dealer.", "-by", "Anna", "-why", "ticket 7"}
	assert.Equal(t, "d19 is at position 370\n", done(t, file, added...))
	corrected := []string{"append", "-name", "d19-launched-later", "-when", "January 2026", "-type", "model.launched", "-data", `{"model":"D19"}`, "-replaces", "d19", "-by", "Ben"}
	assert.Equal(t, "d19-launched-later is at position 371\n", done(t, file, corrected...))
	onSale := func(day string) string { return done(t, file, "asof", "models", "-on-sale", day) }
	assert.Contains(t, onSale("2026-03-01"), "D19")
	assert.NotContains(t, onSale("2025-12-31"), "D19", "it was not then, as is known now")

	assert.Contains(t, done(t, file, "asof", "models", "-on-sale", "-revision", "370", "2025-12-31"), "D19", "as the log stood then")
	assert.NotContains(t, done(t, file, "asof", "models", "-on-sale", "-revision", "369", "2025-12-31"), "D19")
	assert.Contains(t, done(t, file, "asof", "why", "models/D19", "2025-12-31", "-revision", "370"), "Recorded by Anna on ")

	exported := done(t, file, "export")
	assert.Contains(t, exported, `"when":"2025-36","data":{"model":"D19"},"cites":[{"source":"itg04"}],"note":"By a dealer.","meta":{"by":"Anna","why":"ticket 7"},"recorded":"`)
	assert.Contains(t, exported, `"meta":{"by":"Ben"}`)

	assert.Contains(t, done(t, file, "append", "-name", "never", "-when", "2026-02-01", "-replaces", "d19-launched-later"), "never is at position 372")
	assert.Contains(t, onSale("2025-12-31"), "D19", "what was corrected counts again")

	early := []string{"append", "-name", "early", "-when", "until mid-2014", "-known", "not before 2020", "-type", "model.revealed", "-data", `{"model":"Z9"}`}
	assert.Contains(t, done(t, file, early...), "early is at position 373")
	assert.Contains(t, done(t, file, "export"), `"when":"[..2014-38]","known":"[2020..]"`)
	for args, want := range map[string]string{
		"append -name x -when 2026 -replaces nothing-of-this-name":                                          "names an event that is not there",
		"append -name x -when 2026 -type model.launched -data {\"model\":\"X\"} -cites nobody":              `there is no source "nobody"`,
		"append -name x -when soon -type model.launched -data {\"model\":\"X\"}":                            "not a date such as",
		"append -name x -when 5/11/2026 -type model.launched -data {\"model\":\"X\"}":                       "two meanings",
		"append -name x -when 2026 -type model.launched -data {\"model\":\"X\"} -rank best":                 "best",
		"append -name x -when 2026 -type model.launched -data {\"model\":\"X\"} -after nothing-of-this-one": "names an event that is not there",
	} {
		code, stdout, stderr := run(t, file, "", strings.Fields(args)...)
		assert.NotZero(t, code, args)
		assert.Empty(t, stdout, args)
		assert.Contains(t, stderr, want, args)
	}
}

// Without a place for what the user has seen, a log is verified all the same, and it is said.
func TestVerifyWithoutAHome(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "a file")
	require.NoError(t, os.WriteFile(nowhere, nil, 0o600))
	for _, name := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(name, nowhere)
	}
	file := filepath.Join(t.TempDir(), "history.db")
	done(t, file, "init")
	for range 2 {
		code, stdout, stderr := run(t, file, "", "verify")
		assert.Zero(t, code, stderr)
		assert.Contains(t, stdout, "369 events, root ")
		assert.Contains(t, stderr, "durable: what was seen is not remembered: ")
	}
}
