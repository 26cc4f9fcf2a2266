package sqllog_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

func operations(t *testing.T) string {
	text, err := os.ReadFile("../../docs/operations.md")
	require.NoError(t, err)
	return string(text)
}

// The tests that the page names are there.
func TestOperationsNamesTests(t *testing.T) {
	var sources strings.Builder
	for _, dir := range []string{".", "../../timeline/eventlog/sqllog", "../../timeline/eventlog/logtest", "../../timeline/eventlog/proof", "../../timeline/eventlog", "../../timeline", "../../timeline/archive", "../../examples/durable", "../../timeline/eventlog/codec", "../../timeline/eventlog/personal", "../natslog", "../../examples/cluster", "../../timeline/eventlog/natslog"} {
		paths, err := filepath.Glob(dir + "/*_test.go")
		require.NoError(t, err)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			sources.Write(text)
		}
	}
	names := regexp.MustCompile("`(Test[A-Za-z0-9]+)`").FindAllStringSubmatch(operations(t)+scale(t), -1)
	require.Greater(t, len(names), 40)
	for _, name := range names {
		assert.Regexp(t, "func "+name[1]+`\(t \*testing.T(\)|, )`, sources.String())
	}
}

// Its queries work in both databases.
func TestOperationsQueries(t *testing.T) {
	_, queries, _ := strings.Cut(operations(t), "```sql\n")
	queries, _, _ = strings.Cut(queries, "```")
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		_, err = log.Append(t.Context(), "a", 0, frozen()...)
		require.NoError(t, err)
		counts := []int{}
		for _, query := range strings.Split(strings.TrimSpace(queries), ";") {
			if query == "" {
				continue
			}
			rows, err := db.Query(query)
			require.NoError(t, err, name)
			n := 0
			for rows.Next() {
				n++
			}
			require.NoError(t, rows.Err())
			require.NoError(t, rows.Close())
			counts = append(counts, n)
		}
		assert.Equal(t, []int{3, 3, 0, 3, 1}, counts, name)
	}
}

func exported(t *testing.T, db *sql.DB) string {
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	requireWhole(t, log)
	var b bytes.Buffer
	_, err = jsonl.Export(t.Context(), &b, log, 0)
	require.NoError(t, err)
	return b.String()
}

// Backups give the same log again, which goes on.
func TestBackups(t *testing.T) {
	server, other := pgserver.Start(t), pgserver.Start(t)
	path := filepath.Join(t.TempDir(), "log.db")
	backup := filepath.Join(t.TempDir(), "backup.db")
	for name, db := range map[string]*sql.DB{"SQLite": openSQLite(t, path), "PostgreSQL": server.Open(t)} {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		require.NoError(t, write(t.Context(), log, 1, 100, quiet))
		want := exported(t, db)

		var restored *sql.DB
		if name == "SQLite" {
			_, err := db.Exec(`VACUUM INTO '` + backup + `'`)
			require.NoError(t, err)
			restored = openSQLite(t, backup)
		} else {
			dump, err := server.Command("pg_dump").Output()
			require.NoError(t, err)
			c := other.Command("psql", "-q", "-v", "ON_ERROR_STOP=1")
			c.Stdin = bytes.NewReader(dump)
			out, err := c.CombinedOutput()
			require.NoError(t, err, string(out))
			restored = other.Open(t)
		}
		assert.Equal(t, want, exported(t, restored), name)
		again, err := sqllog.Open(t.Context(), restored, nil)
		require.NoError(t, err)
		require.NoError(t, write(t.Context(), again, 1, 120, quiet), "the same again and more")
		requireWhole(t, again)

		for kind, empty := range databases(t) { // to a database of either kind
			log, err := sqllog.Open(t.Context(), empty, nil)
			require.NoError(t, err)
			_, err = jsonl.Import(t.Context(), strings.NewReader(want), log, nil)
			require.NoError(t, err)
			assert.Equal(t, want, exported(t, empty), "%s to %s", name, kind)
		}
	}
}

// scale returns the page about logs on several servers, which promises things too.
func scale(t *testing.T) string {
	text, err := os.ReadFile("../../docs/scale.md")
	require.NoError(t, err)
	return string(text)
}
