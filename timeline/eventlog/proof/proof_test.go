package proof_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
)

const origin = "history.example/leapmotor"

// keys returns a key pair, the same each time.
func keys(t testing.TB, seed uint64) (note.Signer, note.Verifier) { return namedKeys(t, origin, seed) }

func namedKeys(t testing.TB, name string, seed uint64) (note.Signer, note.Verifier) {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.NewChaCha8([32]byte{byte(seed)}), name)
	require.NoError(t, err)
	signer, err := note.NewSigner(secret)
	require.NoError(t, err)
	verifier, err := note.NewVerifier(public)
	require.NoError(t, err)
	return signer, verifier
}

func event(n int) timeline.Event[eventlog.Stored] {
	return timeline.Event[eventlog.Stored]{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n)), Name: fmt.Sprint("event-", n), When: edtf.MustParse("2024-05"),
		Data: eventlog.Stored{Type: "n", Version: 1, Data: fmt.Appendf(nil, `{"n":%d}`, n)},
	}
}

// logOf returns a log of n records in two streams.
func logOf(t testing.TB, n int) *memlog.Log {
	t.Helper()
	var log memlog.Log
	for i := 0; i < n; i += 50 {
		for _, stream := range []string{"a", "b"} {
			var list []eventlog.Record // which say not when they were recorded: that is never the same
			for j := i; j < min(i+50, n); j++ {
				if (j%3 == 0) == (stream == "a") {
					list = append(list, eventlog.Record{Stream: stream, Event: event(j)})
				}
			}
			_, err := log.Restore(t.Context(), list...)
			require.NoError(t, err)
		}
	}
	return &log
}

func records(t testing.TB, log eventlog.Log) (list []eventlog.Record) {
	t.Helper()
	for r, err := range log.ReadAll(t.Context(), 0) {
		require.NoError(t, err)
		list = append(list, r)
	}
	return list
}

// A doctored log is what somebody has made of a log.
type doctored struct {
	eventlog.Log
	list []eventlog.Record
}

func (l doctored) ReadAll(_ context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for i := after; i < int64(len(l.list)); i++ {
			if !yield(l.list[i], nil) {
				return
			}
		}
	}
}

// doctor returns every way to rewrite history at a place, by name. Positions
// and revisions are set anew, so that nothing but the history itself shows.
func doctor(list []eventlog.Record, at int) map[string][]eventlog.Record {
	change := func(f func(r *eventlog.Record)) []eventlog.Record {
		c := slices.Clone(list)
		f(&c[at])
		return renumbered(c)
	}
	ways := map[string][]eventlog.Record{
		"other data":    change(func(r *eventlog.Record) { r.Event.Data.Data = []byte(`{"n":-1}`) }),
		"other date":    change(func(r *eventlog.Record) { r.Event.When = edtf.MustParse("2024-06") }),
		"known earlier": change(func(r *eventlog.Record) { r.Event.Known = edtf.MustParse("2024-04") }),
		"other name":    change(func(r *eventlog.Record) { r.Event.Name += "x" }),
		"other ID":      change(func(r *eventlog.Record) { r.Event.ID[3] ^= 1 }),
		"other type":    change(func(r *eventlog.Record) { r.Event.Data.Version++ }),
		"other stream":  change(func(r *eventlog.Record) { r.Stream += "x" }),
		"another cited": change(func(r *eventlog.Record) { r.Event.Cites = []timeline.Citation{{Source: "x"}} }),
		"ranked lower":  change(func(r *eventlog.Record) { r.Event.Rank = timeline.RankDeprecated }),
		"dropped":       renumbered(slices.Delete(slices.Clone(list), at, at+1)),
		"inserted":      renumbered(slices.Insert(slices.Clone(list), at, eventlog.Record{Stream: "a", Event: event(1 << 20)})),
	}
	if at < len(list)-1 { // the last again would be an append
		ways["appended twice"] = renumbered(slices.Insert(slices.Clone(list), at, list[at]))
	}
	if at > 0 {
		c := slices.Clone(list)
		c[at-1], c[at] = c[at], c[at-1]
		ways["reordered"] = renumbered(c)
		c = slices.Clone(list)
		c[0], c[at] = c[at], c[0]
		ways["moved to the front"] = renumbered(c)
	}
	return ways
}

func renumbered(list []eventlog.Record) []eventlog.Record {
	revisions := map[string]int64{}
	for i := range list {
		r := &list[i]
		revisions[r.Stream]++
		r.Position, r.Revision = int64(i+1), revisions[r.Stream]
		r.Event.Seq = r.Revision
	}
	return list
}

func checkpointOf(t testing.TB, log eventlog.Log) (*proof.Tree, proof.Checkpoint) {
	t.Helper()
	tree, err := proof.Open(t.Context(), log, &proof.Memory{})
	require.NoError(t, err)
	c, err := tree.Checkpoint(t.Context(), origin, tree.Size())
	require.NoError(t, err)
	return tree, c
}

// requireDetected requires that no way of comparing lets a doctored log pass.
func requireDetected(t *testing.T, way string, at int, list []eventlog.Record, store proof.Store, c proof.Checkpoint) {
	t.Helper()
	fake := doctored{list: list}
	var mismatch *proof.MismatchError
	require.ErrorAs(t, proof.Check(t.Context(), fake, c), &mismatch, "%s at %d", way, at)
	tree, err := proof.Open(t.Context(), fake, store)
	if err == nil {
		err = tree.Verify(t.Context(), c)
	}
	require.ErrorAs(t, err, &mismatch, "%s at %d", way, at)
	require.Positive(t, mismatch.Position, "%s at %d", way, at)
	require.LessOrEqual(t, mismatch.Position, c.Size)
}

// Every way of rewriting, at every place of a small log.
func TestRewritingIsDetectedEverywhere(t *testing.T) {
	for _, size := range []int{1, 2, 3, 7, 8, 9, 37} {
		log := logOf(t, size)
		list := records(t, log)
		_, c := checkpointOf(t, log)
		for at := range list {
			for way, rewritten := range doctor(list, at) {
				store := &proof.Memory{}
				_, err := proof.Open(t.Context(), log, store)
				require.NoError(t, err)
				requireDetected(t, way, at, rewritten, store, c)
				if len(rewritten) >= size { // a tree over the new history is none over the old
					later, l := checkpointOf(t, doctored{list: rewritten})
					path, err := later.ProveExtension(t.Context(), c.Size, l.Size)
					require.NoError(t, err)
					require.Error(t, proof.CheckExtension(c, l, path), "%s at %d", way, at)
				}
			}
		}
	}
}

// And at many places of a log of 10,000 records.
func TestRewritingIsDetectedInALargeLog(t *testing.T) {
	log := logOf(t, 10_000)
	list := records(t, log)
	require.Len(t, list, 10_000)
	store := &proof.Memory{}
	tree, err := proof.Open(t.Context(), log, store)
	require.NoError(t, err)
	c, err := tree.Checkpoint(t.Context(), origin, 10_000)
	require.NoError(t, err)
	require.NoError(t, proof.Check(t.Context(), log, c))
	require.NoError(t, tree.Verify(t.Context(), c))
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, at := range []int{0, 4095, 4096, 8191, 9999, rnd.IntN(10_000), rnd.IntN(10_000)} {
		for way, rewritten := range doctor(list, at) {
			requireDetected(t, way, at, rewritten, store, c)
		}
	}
	err = proof.Check(t.Context(), doctored{list: list[:9_000]}, c)
	assert.EqualError(t, err, "proof: the history does not match: the record at position 9001: it is missing: the log holds 9000 records, and held 10000")
}

// Every record of every tree, and every earlier tree, as they grow.
func TestProofsOfAllSizes(t *testing.T) {
	signer, verifier := keys(t, 1)
	var log memlog.Log
	tree, err := proof.Open(t.Context(), &log, &proof.Memory{})
	require.NoError(t, err)
	var all []proof.Checkpoint
	for size := int64(0); size <= 40; size++ {
		if size > 0 {
			_, err := log.Append(t.Context(), "s", eventlog.AnyRevision, event(int(size)))
			require.NoError(t, err)
			require.NoError(t, tree.Update(t.Context()))
		}
		c, err := tree.Checkpoint(t.Context(), origin, size)
		require.NoError(t, err)
		require.NoError(t, proof.Check(t.Context(), &log, c))
		all = append(all, c)
		signed, err := c.Sign(signer)
		require.NoError(t, err)
		for position := int64(1); position <= size; position++ {
			r, err := tree.Receipt(t.Context(), position, signed)
			require.NoError(t, err)
			rec, opened, err := r.Verify(origin, verifier)
			require.NoError(t, err)
			require.Equal(t, c, opened)
			require.Equal(t, event(int(position)).Name, rec.Event.Name)
			for i := range r.Proof { // any other hash will not do
				other := r
				other.Proof = slices.Clone(r.Proof)
				other.Proof[i][7] ^= 1
				_, _, err := other.Verify(origin, verifier)
				require.Error(t, err)
			}
		}
		for from, earlier := range all {
			path, err := tree.ProveExtension(t.Context(), int64(from), size)
			require.NoError(t, err)
			require.NoError(t, proof.CheckExtension(earlier, c, path))
			for i := range path {
				path[i][9] ^= 1
				require.Error(t, proof.CheckExtension(earlier, c, path))
				path[i][9] ^= 1
			}
			forked := earlier
			forked.Root[0] ^= 1
			require.Error(t, proof.CheckExtension(forked, c, path), "%d of %d", from, size)
			if from > 0 && int64(from) < size {
				require.Error(t, proof.CheckExtension(c, earlier, path), "backwards")
			}
		}
	}
	twice := all[0]
	twice.Root[0] ^= 1
	require.Error(t, proof.CheckExtension(all[0], twice, nil), "two roots over nothing")
	huge := all[3]
	huge.Size = 1<<62 + 1
	require.Error(t, proof.CheckExtension(all[3], huge, nil))
	_, err = proof.ParseCheckpoint(huge.Text())
	require.ErrorIs(t, err, proof.ErrCheckpoint)
	elsewhere := all[3]
	elsewhere.Origin = "other"
	require.ErrorContains(t, proof.CheckExtension(elsewhere, all[5], nil), "of \"other\" and of")
}

// A payload may be as deep as encoding/json takes, and stands deeper in its record.
func TestReceiptOfADeepPayload(t *testing.T) {
	log := new(memlog.Log)
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	_, err := log.Append(t.Context(), "s", 0, timeline.Event[eventlog.Stored]{
		ID: uuid.UUID{15: 1}, When: edtf.MustParse("2024"), Data: eventlog.Stored{Type: "deep", Version: 1, Data: []byte(deep)},
	})
	require.NoError(t, err)
	signer, verifier := keys(t, 1)
	tree, c := checkpointOf(t, log)
	signed, err := c.Sign(signer)
	require.NoError(t, err)
	r, err := tree.Receipt(t.Context(), 1, signed)
	require.NoError(t, err)
	_, _, err = r.Verify(origin, verifier)
	require.NoError(t, err)
}

func TestReceiptsThatLie(t *testing.T) {
	signer, verifier := keys(t, 1)
	stranger, _ := keys(t, 2)
	tree, c := checkpointOf(t, logOf(t, 20))
	signed, err := c.Sign(signer)
	require.NoError(t, err)
	r, err := tree.Receipt(t.Context(), 7, signed)
	require.NoError(t, err)
	verify := func(r proof.Receipt) error { _, _, err := r.Verify(origin, verifier); return err }
	require.NoError(t, verify(r))

	text, err := json.Marshal(r)
	require.NoError(t, err)
	var again proof.Receipt
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, r, again)

	var mismatch *proof.MismatchError
	for what, change := range map[string]func(*proof.Receipt){
		"other content": func(r *proof.Receipt) {
			r.Record = string(bytes.Replace([]byte(r.Record), []byte("2024-05"), []byte("2023-05"), 1))
		},
		"another position": func(r *proof.Receipt) {
			r.Record = string(bytes.Replace([]byte(r.Record), []byte(`"position":7`), []byte(`"position":8`), 1))
		},
		"beyond the end": func(r *proof.Receipt) {
			r.Record = string(bytes.Replace([]byte(r.Record), []byte(`"position":7`), []byte(`"position":70`), 1))
		},
		"blanks":          func(r *proof.Receipt) { r.Record += " " },
		"no record":       func(r *proof.Receipt) { r.Record = "x" },
		"a shorter proof": func(r *proof.Receipt) { r.Proof = r.Proof[1:] },
		"a longer proof":  func(r *proof.Receipt) { r.Proof = append(slices.Clone(r.Proof), tlog.Hash{}) },
	} {
		other := r
		change(&other)
		require.ErrorAs(t, verify(other), &mismatch, what)
	}
	foreign, err := c.Sign(stranger)
	require.NoError(t, err)
	for what, change := range map[string]func(*proof.Receipt){
		"another key": func(r *proof.Receipt) { r.Checkpoint = string(foreign) },
		"other root": func(r *proof.Receipt) {
			r.Checkpoint = string(bytes.Replace(signed, []byte("\n20\n"), []byte("\n21\n"), 1))
		},
		"no signature": func(r *proof.Receipt) { r.Checkpoint = c.Text() },
	} {
		other := r
		change(&other)
		require.ErrorIs(t, verify(other), proof.ErrCheckpoint, what)
	}
	_, _, err = r.Verify("another history", verifier)
	require.ErrorIs(t, err, proof.ErrCheckpoint)
	for _, position := range []int64{0, -1, 21} {
		_, err = tree.Receipt(t.Context(), position, signed)
		require.Error(t, err)
	}
	_, err = tree.Checkpoint(t.Context(), origin, 21)
	require.ErrorContains(t, err, "the tree has 20")
	_, err = tree.ProveExtension(t.Context(), 3, 21)
	require.ErrorContains(t, err, "the tree has 20")
}

// The hashes may be lost, or damaged: they are made again, and no wrong one
// makes a right history wrong.
func TestHashesAreMadeAgain(t *testing.T) {
	log := logOf(t, 100)
	_, c := checkpointOf(t, log)
	whole := &proof.Memory{}
	_, err := proof.Open(t.Context(), log, whole)
	require.NoError(t, err)
	count, err := whole.Count(t.Context())
	require.NoError(t, err)
	for kept := range count + 1 { // any number of the first hashes is left
		places := make([]int64, kept)
		for i := range places {
			places[i] = int64(i)
		}
		hashes, err := whole.Hashes(t.Context(), places)
		require.NoError(t, err)
		store := &proof.Memory{}
		require.NoError(t, store.Extend(t.Context(), 0, hashes))
		tree, err := proof.Open(t.Context(), log, store)
		require.NoError(t, err, "%d hashes", kept)
		require.NoError(t, tree.Verify(t.Context(), c))
		got, err := tree.Checkpoint(t.Context(), origin, 100)
		require.NoError(t, err)
		require.Equal(t, c, got)
	}
	for damaged := range count { // any one is wrong
		hashes, err := whole.Hashes(t.Context(), []int64{damaged})
		require.NoError(t, err)
		hashes[0][5] ^= 1
		store := &altered{Store: whole, place: damaged, hash: hashes[0]}
		tree, err := proof.Open(t.Context(), log, store)
		if damaged == tlog.StoredHashIndex(0, 99) { // the last leaf is looked at first
			var mismatch *proof.MismatchError
			require.ErrorAs(t, err, &mismatch)
			continue
		}
		require.NoError(t, err)
		require.ErrorIs(t, tree.Verify(t.Context(), c), proof.ErrHashes, "hash %d", damaged)
	}
	tree, err := proof.Rebuild(t.Context(), log, whole)
	require.NoError(t, err)
	require.NoError(t, tree.Verify(t.Context(), c))
	empty, err := proof.Open(t.Context(), &memlog.Log{}, &proof.Memory{})
	require.NoError(t, err)
	_, err = empty.Checkpoint(t.Context(), origin, 0)
	require.NoError(t, err)
	_, err = proof.Open(t.Context(), &memlog.Log{}, whole)
	require.ErrorContains(t, err, "position 100: it is missing, and the tree has it")
}

// altered is a store with one wrong hash.
type altered struct {
	proof.Store
	place int64
	hash  [32]byte
}

func (s *altered) Hashes(ctx context.Context, places []int64) ([][32]byte, error) {
	list, err := s.Store.Hashes(ctx, places)
	for i, p := range places {
		if err == nil && p == s.place {
			list[i] = s.hash
		}
	}
	return list, err
}

func TestCheckpointText(t *testing.T) {
	_, c := checkpointOf(t, logOf(t, 5))
	assert.Equal(t, "history.example/leapmotor\n5\n"+c.Root.String()+"\n", c.Text())
	for _, text := range []string{"", "a\n", "a\n1\n", "\n1\n" + c.Root.String() + "\n", "a\n-1\n" + c.Root.String() + "\n", "a\n01\n" + c.Root.String() + "\n", "a\nx\n" + c.Root.String() + "\n", "a\n1\nAAAA\n", "a\n1\n" + c.Root.String()} {
		_, err := proof.ParseCheckpoint(text)
		assert.ErrorIs(t, err, proof.ErrCheckpoint, "%q", text)
	}
	signer, _ := keys(t, 1)
	for _, bad := range []proof.Checkpoint{{Size: 1}, {Origin: "a\nb"}, {Origin: "a", Size: -1}} {
		_, err := bad.Sign(signer)
		assert.ErrorIs(t, err, proof.ErrCheckpoint)
	}
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add("a\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := proof.ParseCheckpoint(text)
		if err != nil {
			return
		}
		if again, err := proof.ParseCheckpoint(c.Text()); err != nil || again != c {
			t.Fatalf("%q is read as %+v, and that as %+v, %v", text, c, again, err)
		}
	})
}

// The form of roots, receipts and signed checkpoints is frozen.
func TestFormsAreFrozen(t *testing.T) {
	signer, _ := keys(t, 1)
	tree, c := checkpointOf(t, logOf(t, 5))
	signed, err := c.Sign(signer)
	require.NoError(t, err)
	r, err := tree.Receipt(t.Context(), 2, signed)
	require.NoError(t, err)
	text, err := json.MarshalIndent(r, "", "\t")
	require.NoError(t, err)
	golden(t, "testdata/receipt.json", append(text, '\n'))
}

// A tree over a log that was put back under it takes nothing more in, and signs nothing
// that neither the old nor the new log has.
func TestTreeOfALogThatWasPutBack(t *testing.T) {
	for _, again := range []int{0, 1, 2, 5} {
		var log logtest.Rewindable
		add := func(n int) {
			_, err := log.Append(t.Context(), "s", eventlog.AnyRevision, event(n))
			require.NoError(t, err)
		}
		for n := range 6 {
			add(n)
		}
		tree, err := proof.Open(t.Context(), &log, &proof.Memory{})
		require.NoError(t, err)
		before, err := tree.Checkpoint(t.Context(), "origin", 6)
		require.NoError(t, err)
		require.NoError(t, log.Rewind(t.Context(), 4))
		for n := range again {
			add(100 + n)
		}
		var mismatch *proof.MismatchError
		require.ErrorAs(t, tree.Update(t.Context()), &mismatch, "%d appended again", again)
		assert.EqualValues(t, 6, tree.Size())
		after, err := tree.Checkpoint(t.Context(), "origin", tree.Size())
		require.NoError(t, err)
		assert.Equal(t, before, after)
	}
}

// A checkpoint that witnesses have signed too.
func TestCosigned(t *testing.T) {
	logSigner, log := keys(t, 1)
	firstSigner, first := namedKeys(t, "first", 2)
	secondSigner, second := namedKeys(t, "second", 3)
	_, other := namedKeys(t, "other", 4)
	_, c := checkpointOf(t, logOf(t, 5))
	signed, err := c.Sign(logSigner)
	require.NoError(t, err)
	_, err = proof.OpenCosigned(signed, c.Origin, log, 1, first, second)
	require.ErrorIs(t, err, proof.ErrCheckpoint)
	require.ErrorContains(t, err, "0 of at least 1 witnesses")

	cosigned, err := proof.Cosign(signed, c.Origin, firstSigner, log)
	require.NoError(t, err)
	got, err := proof.OpenCosigned(cosigned, c.Origin, log, 1, first, second)
	require.NoError(t, err)
	assert.Equal(t, c, got)
	_, err = proof.OpenCosigned(cosigned, c.Origin, log, 2, first, second)
	require.ErrorContains(t, err, "1 of at least 2 witnesses")
	_, err = proof.OpenCosigned(cosigned, c.Origin, log, 1, other)
	require.ErrorContains(t, err, "0 of at least 1 witnesses")

	both, err := proof.Cosign(cosigned, c.Origin, secondSigner, log)
	require.NoError(t, err)
	_, err = proof.OpenCosigned(both, c.Origin, log, 2, first, second)
	require.NoError(t, err)
	room := append(make([]note.Verifier, 0, 3), first, second, other)
	_, err = proof.OpenCosigned(both, c.Origin, log, 2, room[:2]...)
	require.NoError(t, err)
	assert.Equal(t, other, room[2], "what is given is not written to")
	_, err = proof.OpenCosigned(both, c.Origin, log, 3, first, second, other, first)
	require.ErrorIs(t, err, proof.ErrCheckpoint, "the same witness counts once")

	_, err = proof.Cosign(signed, c.Origin, firstSigner, other)
	require.ErrorIs(t, err, proof.ErrCheckpoint, "what the log has not signed")
	_, err = proof.Cosign(signed, "another", firstSigner, log)
	require.ErrorIs(t, err, proof.ErrCheckpoint, "another log")
}
