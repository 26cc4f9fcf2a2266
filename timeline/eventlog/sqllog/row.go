package sqllog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A row is a record as the table of events has it: the values of its columns.
type row [24]any

// newRow returns the row of a record. Its position may be set later.
func newRow(r *eventlog.Record) row {
	e := &r.Event
	known := e.Known
	if known.IsZero() {
		known = e.When
	}
	return row{
		r.Position, r.Stream, r.Revision,
		e.ID.String(), text(e.Name), text(e.Data.Type), orNull(e.Data.Version, int64(e.Data.Version)),
		e.When.String(), int64(e.When.Earliest()), int64(e.When.Latest()),
		text(e.Known.String()), int64(known.Earliest()), int64(known.Latest()),
		text(string(e.Data.Data)), list(eventlog.AppendCites, e.Cites), text(e.Note),
		list(eventlog.AppendIDs, e.Replaces), orNull(e.Retraction, int64(1)), list(eventlog.AppendIDs, e.After),
		text(e.Rival), rank(e.Rank),
		checksum(r), meta(e.Meta), nil,
	}
}

// prime is what a time is divided by, the greatest below 1<<32: the rest, which damage to
// any one bit changes, is added to the checksum of a row. So the database can say when it
// was recorded, and need not calculate the checksum.
// A rest is never 0, which says that the time is not known.
const prime int64 = 4294967291

// recordedRest is the rest of the time "at", which is after 1970, in SQL.
var recordedRest = fmt.Sprintf("(at - 1) %% %d + 1", prime)

// restOf returns what a time adds to the checksum of its row.
func restOf(at int64) int64 {
	if rest := at % prime; rest != 0 {
		return rest
	}
	return prime
}

// stamp says when a row was recorded, in microseconds from 1970 on.
func (r *row) stamp(at int64) {
	r[columnChecksum] = r[columnChecksum].(int64) + restOf(at)
	r[columnRecorded] = recordedText(at)
}

// meta returns what is stored of m.
func meta(m *timeline.Metadata) any {
	if m.IsZero() {
		return nil
	}
	return string(eventlog.AppendMetadata(nil, m))
}

// orNull returns what is stored of v, nil for the zero value.
func orNull[T comparable](v T, stored any) any {
	var zero T
	if v == zero {
		return nil
	}
	return stored
}

func text(s string) any { return orNull(s, s) }

// rank returns what is stored of r.
func rank(r timeline.Rank) any {
	if r == timeline.RankNormal {
		return nil
	}
	return r.String()
}

// list returns the JSON of a list, NULL if it is empty.
func list[T any](appendJSON func([]byte, []T) []byte, items []T) any {
	if len(items) == 0 {
		return nil
	}
	return string(appendJSON(nil, items))
}

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	buffers    = sync.Pool{New: func() any { return new([]byte) }}
)

// checksum returns the CRC-32C of the stored form of r with position 0, and as if it had
// not been recorded: it is made before the position and the time are known. What the
// time adds to it is added with the time. That positions have no gaps is seen when
// they are read.
func checksum(r *eventlog.Record) int64 {
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	unplaced := *r
	unplaced.Position, unplaced.Event.Recorded = 0, time.Time{}
	*b = unplaced.AppendJSON((*b)[:0])
	return int64(crc32.Checksum(*b, castagnoli))
}

// A rowReader reads rows. The first fault stops it.
type rowReader struct {
	values [24]any
	into   [24]any // pointers to values
	err    error
}

func newRowReader() *rowReader {
	r := &rowReader{}
	for i := range r.values {
		r.into[i] = &r.values[i]
	}
	return r
}

// record returns the record of the row that was read. Its error says what is
// damaged.
func (r *rowReader) record() (eventlog.Record, error) {
	r.err = nil
	rec := eventlog.Record{Position: r.number(0), Stream: r.text(1), Revision: r.number(2)}
	rec.Event = event{
		ID: r.id(3), Name: r.text(4), Seq: rec.Revision,
		When: r.date(7), Known: r.date(10),
		Data:  eventlog.Stored{Type: r.text(5), Version: r.version(6), Data: r.data(13)},
		Cites: cites(r), Note: r.text(15),
		Replaces: r.ids(16), Retraction: r.number(17) == 1, After: r.ids(18),
		Rival: r.text(19), Rank: r.rank(20),
		Meta: r.meta(), Recorded: r.recorded(),
	}
	if r.err == nil {
		r.compare(&rec)
	}
	return rec, r.err
}

// compare fails unless the row is the one that rec is written as: what columns
// say twice must agree, and a payload that is not one JSON value could make the
// stored form that of another record.
func (r *rowReader) compare(rec *eventlog.Record) {
	switch r.number(columnChecksum) - checksum(rec) {
	case 0: // of a row that was written before logs were asked when, or restored from one
		rec.Event.Recorded = time.Time{}
	case restOf(rec.Event.Recorded.UnixMicro()):
	default:
		r.fail(columnChecksum, "it does not match the row")
	}
	if e := &rec.Event; e.Meta.IsZero() {
		r.same(columnMeta, nil)
	} else {
		r.same(columnMeta, eventlog.AppendMetadata(nil, e.Meta))
	}
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	e := &rec.Event
	id := eventlog.AppendIDs((*b)[:0], []uuid.UUID{e.ID}) // ["…"]
	r.same(3, id[2:len(id)-2])
	r.same(7, appendDate((*b)[:0], e.When))
	r.equal(8, e.When.Earliest())
	r.equal(9, e.When.Latest())
	known := e.When
	if e.Known.IsZero() {
		r.same(10, nil)
	} else {
		known = e.Known
		r.same(10, appendDate((*b)[:0], known))
	}
	r.equal(11, known.Earliest())
	r.equal(12, known.Latest())
	r.same(14, listOf((*b)[:0], eventlog.AppendCites, e.Cites))
	r.same(16, listOf((*b)[:0], eventlog.AppendIDs, e.Replaces))
	r.same(18, listOf((*b)[:0], eventlog.AppendIDs, e.After))
	for _, column := range []int{4, 5, 6, 13, 15, 17, 19, 20} { // NULL stands for nothing, and nothing else does
		if v := r.values[column]; v != nil && (r.isEmpty(column) || column == 17 && !e.Retraction || column == 20 && e.Rank == timeline.RankNormal) {
			r.fail(column, "%v where NULL should be", v)
		}
	}
	if payload := (event{ID: rec.Event.ID, When: rec.Event.When, Data: rec.Event.Data}); len(payload.Data.Data) > 0 {
		for _, err := range eventlog.CheckStored(&payload) {
			r.fail(13, "%v", err)
		}
	}
}

// same fails unless a column has this text, or NULL if it is empty.
func (r *rowReader) same(column int, want []byte) {
	same := false
	switch v := r.values[column].(type) {
	case nil:
		same = len(want) == 0
	case string:
		same = v == string(want) && v != ""
	case []byte:
		same = bytes.Equal(v, want) && len(v) > 0
	}
	if !same {
		r.fail(column, "%.64v where %.64q should be", r.values[column], want)
	}
}

// equal fails unless a column has this day.
func (r *rowReader) equal(column int, want edtf.Day) {
	if n := r.number(column); n != int64(want) || r.values[column] == nil {
		r.fail(column, "%v where %d should be", r.values[column], int64(want))
	}
}

// listOf appends the JSON of a list to b, nothing if it is empty.
func listOf[T any](b []byte, appendJSON func([]byte, []T) []byte, items []T) []byte {
	if len(items) == 0 {
		return b
	}
	return appendJSON(b, items)
}

// isEmpty reports whether a column has an empty text or the number 0.
func (r *rowReader) isEmpty(column int) bool {
	switch v := r.values[column].(type) {
	case string:
		return v == ""
	case []byte:
		return len(v) == 0
	case int64:
		return v == 0
	}
	return false
}

// appendDate appends the text of a date.
func appendDate(b []byte, d edtf.Date) []byte {
	b, _ = d.AppendText(b) // every date can be written
	return b
}

func (r *rowReader) fail(column int, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("column %s: %s", columns[column], fmt.Sprintf(format, args...))
	}
}

// text returns a text, "" for NULL.
func (r *rowReader) text(column int) string {
	switch v := r.values[column].(type) {
	case nil:
	case string:
		return v
	case []byte:
		return string(v)
	default:
		r.fail(column, "%T where text should be", v)
	}
	return ""
}

// number returns a number, 0 for NULL.
func (r *rowReader) number(column int) int64 {
	switch v := r.values[column].(type) {
	case nil:
	case int64:
		return v
	case []byte:
		return r.parse(column, string(v))
	case string:
		return r.parse(column, v)
	default:
		r.fail(column, "%T where a number should be", v)
	}
	return 0
}

func (r *rowReader) parse(column int, s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		r.fail(column, "%v", err)
	}
	return n
}

func (r *rowReader) version(column int) int {
	n := r.number(column)
	if n < 0 || n > math.MaxInt32 {
		r.fail(column, "%d is no version", n)
	}
	return int(n)
}

func (r *rowReader) id(column int) uuid.UUID {
	id, err := uuid.Parse(r.text(column))
	if err != nil {
		r.fail(column, "%v", err)
	}
	return id
}

func (r *rowReader) date(column int) edtf.Date {
	var d edtf.Date
	if err := d.Scan(r.text(column)); err != nil {
		r.fail(column, "%v", err)
	}
	return d
}

// data returns a payload, nil for NULL.
func (r *rowReader) data(column int) []byte {
	if v, ok := r.values[column].([]byte); ok {
		return v // Scan has copied it
	}
	if s := r.text(column); s != "" {
		return []byte(s)
	}
	return nil
}

func (r *rowReader) rank(column int) (rank timeline.Rank) {
	if s := r.text(column); s != "" {
		if err := rank.UnmarshalText([]byte(s)); err != nil {
			r.fail(column, "%v", err)
		}
	}
	return rank
}

// recorded returns when the row was recorded.
func (r *rowReader) recorded() time.Time {
	if t, ok := r.values[columnRecorded].(time.Time); ok {
		return t.UTC()
	}
	t, err := parseRecorded(r.text(columnRecorded))
	if err != nil {
		r.fail(columnRecorded, "%v", err)
	}
	return t
}

func (r *rowReader) meta() *timeline.Metadata {
	text := r.data(columnMeta)
	if text == nil {
		return nil
	}
	m, err := eventlog.ParseMetadata(text)
	if err != nil {
		r.fail(columnMeta, "%v", err)
	}
	return m
}

func (r *rowReader) ids(column int) []uuid.UUID { return items[uuid.UUID](r, column) }

func cites(r *rowReader) []timeline.Citation { return items[timeline.Citation](r, 14) }

// items returns a list, nil for NULL.
func items[T any](r *rowReader, column int) (list []T) {
	if s := r.data(column); s != nil {
		if err := json.Unmarshal(s, &list); err != nil {
			r.fail(column, "%v", err)
		}
	}
	return list
}
