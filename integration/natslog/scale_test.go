package natslog_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
)

type told struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

// toldEvents returns n events, the same as those of the databases' benchmarks.
func toldEvents(n int) []timeline.Event[eventlog.Stored] {
	list := make([]timeline.Event[eventlog.Stored], n)
	for i := range list {
		list[i] = event(int(number.Add(1)))
		list[i].Name, list[i].When = fmt.Sprint("event-", i), (edtf.MustDay("2020-01-01") + edtf.Day(i%3000)).Date()
		list[i].Data = eventlog.Stored{Type: "number.told", Version: 1, Data: fmt.Appendf(nil, `{"n":%d,"text":"what happened on that day"}`, i)}
		list[i].Cites = []timeline.Citation{{Source: "article", Section: "History", Paragraph: 1}}
	}
	return list
}

// BenchmarkOpenArchive opens a live archive on a log of three servers, and says what an event
// takes on the disk and in the memory of each: the figures of docs/scale.md.
func BenchmarkOpenArchive(b *testing.B) {
	const events, each = 200_000, 1000
	c := natsserver.StartUnsynced(b, 3)
	log, err := natslog.Open(b.Context(), c.Connect(b), nil)
	require.NoError(b, err)
	before := c.Memory(0)
	for n := range events / each {
		_, err := log.Append(b.Context(), fmt.Sprint("s", n%20), eventlog.AnyRevision, toldEvents(each)...)
		require.NoError(b, err)
	}
	memory := c.Memory(0) - before
	var disk int64
	require.NoError(b, filepath.WalkDir(c.Folder(0), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".blk" && filepath.Base(filepath.Dir(path)) == "msgs" {
			var info fs.FileInfo
			if info, err = d.Info(); err == nil {
				disk += info.Size()
			}
		}
		return err
	}))
	toldCodec := codec.New(nil, codec.Type[told]{Name: "number.told", Version: 1})
	for b.Loop() {
		a, err := archive.New(func(n int, _ timeline.Event[told]) (int, error) { return n + 1, nil }, nil)
		require.NoError(b, err)
		live, err := a.Open(b.Context(), log, toldCodec)
		require.NoError(b, err)
		require.EqualValues(b, events, live.Position())
	}
	b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(disk)/events, "disk-B/event")
	b.ReportMetric(float64(memory)/events, "memory-B/event")
}
