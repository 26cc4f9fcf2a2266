package sqllog

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write golden files that are not there")

// What works on a database is tested in the module integration, which has
// drivers and servers.

// The tables of each version are frozen: databases of all of them are about. A
// change is a new step.
func TestStepsAreFrozen(t *testing.T) {
	for name, steps := range map[string][][]string{"sqlite": sqlite{}.steps(), "postgres": postgres{channel: "timeline"}.steps()} {
		for i, step := range steps {
			path := fmt.Sprintf("testdata/%s-%d.sql", name, i+1)
			text := strings.Join(step, ";\n\n") + ";\n"
			want, err := os.ReadFile(path)
			if errors.Is(err, os.ErrNotExist) && *update {
				want, err = []byte(text), os.WriteFile(path, []byte(text), 0o644)
			}
			require.NoError(t, err)
			assert.Equal(t, string(want), text)
		}
	}
}

// Elements of PostgreSQL's arrays.
func TestAppendElement(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, "NULL"}, {int64(-5), "-5"}, {"", `""`}, {"NULL", `"NULL"`}, {`a"b\c`, `"a\"b\\c"`}, {"{a,b}", `"{a,b}"`}, {" ä\n", "\" ä\n\""},
	} {
		assert.Equal(t, c.want, string(appendElement(nil, c.value)))
	}
}

type coded struct{ code int }

func (e coded) Error() string    { return "coded" }
func (e coded) Code() int        { return e.code }
func (e coded) SQLState() string { return fmt.Sprint(e.code) }

// Drivers say in different ways what is wrong.
func TestErrorsOfDrivers(t *testing.T) {
	assert.True(t, sqlite{}.isPassing(fmt.Errorf("wrapped: %w", coded{517})), "SQLITE_BUSY_SNAPSHOT")
	assert.True(t, sqlite{}.isPassing(errors.New("database is locked")))
	assert.True(t, sqlite{}.isPassing(errors.New("sqlite3: database table is locked: x")))
	assert.True(t, sqlite{}.isConstraint(coded{2067}), "SQLITE_CONSTRAINT_UNIQUE")
	assert.True(t, sqlite{}.isConstraint(errors.New("UNIQUE constraint failed: timeline_events.id")))
	assert.False(t, sqlite{}.isConstraint(errors.New("disk I/O error")))
	assert.False(t, sqlite{}.isConstraint(nil))
	assert.Equal(t, codeCorrupt, sqliteCode(errors.New("database disk image is malformed")))
	assert.Equal(t, codeNoDatabase, sqliteCode(errors.New("file is not a database")))
	assert.True(t, postgres{}.isConstraint(fmt.Errorf("wrapped: %w", coded{23505})))
	assert.False(t, postgres{}.isConstraint(errors.New("23505")))
	assert.True(t, postgres{}.isPassing(coded{40001}))
	assert.False(t, postgres{}.isPassing(coded{23505}))
}

func TestDialectNames(t *testing.T) {
	assert.Equal(t, "SQLite PostgreSQL Dialect(0)", fmt.Sprint(SQLite, " ", PostgreSQL, " ", Dialect(0)))
}

// FuzzRow reads rows of anything, as a damaged file or another hand may have
// left them.
func FuzzRow(f *testing.F) {
	f.Add("s", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "2020", `[{"source":"a"}]`, `["6ba7b810-9dad-11d1-80b4-00c04fd430c8"]`, "preferred", `{"by":"a"}`, "2026-01-02T03:04:05.678Z", int64(1), true)
	f.Add("", "", "", "", "", "", "", "", int64(-1), false)
	f.Fuzz(func(t *testing.T, stream, id, date, cites, ids, rank, meta, recorded string, number int64, asBytes bool) {
		r := newRowReader()
		for i, v := range []any{number, stream, number, id, stream, stream, number, date, number, number, date, number, number, stream, cites, stream, ids, number, ids, stream, rank, number, meta, recorded} {
			if s, ok := v.(string); ok && asBytes {
				v = []byte(s)
			}
			r.values[i] = v
		}
		rec, err := r.record()
		if err != nil {
			if !strings.HasPrefix(err.Error(), "column ") {
				t.Fatalf("%v names no column", err)
			}
			return
		}
		sum := checksum(&rec)
		if !rec.Event.Recorded.IsZero() {
			sum += rec.Event.Recorded.UnixMicro() % prime
		}
		if sum != number {
			t.Fatalf("accepted with checksum %d, which is %d", number, sum)
		}
	})
}

// A step that is tried again makes the same tables, whatever they are called.
func TestStepsStayAsTheyAre(t *testing.T) {
	step := []string{"CREATE TABLE timeline_log (n INTEGER)"}
	for range 2 {
		assert.Equal(t, []string{"CREATE TABLE my_timeline_log (n INTEGER)"}, named(step, "my_timeline"))
	}
}
