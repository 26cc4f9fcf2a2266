package natslog_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
)

// plain is a stream without anything of natslog: what JetStream itself costs.
func plain(b *testing.B, conn *nats.Conn, replicas int) (jetstream.JetStream, jetstream.Stream) {
	js, err := jetstream.New(conn)
	require.NoError(b, err)
	stream, err := js.CreateStream(b.Context(), jetstream.StreamConfig{Name: "plain", Subjects: []string{"plain.*"}, Replicas: replicas})
	require.NoError(b, err)
	return js, stream
}

// number makes the events of a benchmark differ.
var number atomic.Int64

func body() []byte {
	return eventlog.Record{Stream: "s0", Revision: 1, Event: toldEvents(1)[0]}.AppendJSON(nil)
}

func BenchmarkAppend(b *testing.B) {
	c := natsserver.Start(b, 3)
	conn := c.Connect(b)
	log, err := natslog.Open(b.Context(), conn, nil)
	require.NoError(b, err)
	js, _ := plain(b, conn, 3)
	append1 := func(stream string) {
		_, err := log.Append(b.Context(), stream, eventlog.AnyRevision, toldEvents(1)...)
		require.NoError(b, err)
	}
	publish1 := func(subject string) {
		_, err := js.Publish(b.Context(), subject, body())
		require.NoError(b, err)
	}
	for name, do := range map[string]func(string){"plain.s": publish1, "log": append1} {
		b.Run("one after the other/"+name, func(b *testing.B) {
			for b.Loop() {
				do(name)
			}
		})
		b.Run("32 at once/"+name, func(b *testing.B) {
			var writer atomic.Int64
			b.SetParallelism(16)
			b.RunParallel(func(pb *testing.PB) {
				own := fmt.Sprint(name, writer.Add(1))
				for pb.Next() {
					do(own)
				}
			})
		})
	}
	const batch = 500
	b.Run("500 together/plain", func(b *testing.B) {
		for b.Loop() {
			var acks []jetstream.PubAckFuture
			for range batch {
				ack, err := js.PublishAsync("plain.batch", body())
				require.NoError(b, err)
				acks = append(acks, ack)
			}
			for _, ack := range acks {
				select {
				case <-ack.Ok():
				case err := <-ack.Err():
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("500 together/log", func(b *testing.B) {
		for b.Loop() {
			_, err := log.Append(b.Context(), "batch", eventlog.AnyRevision, toldEvents(batch)...)
			require.NoError(b, err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	const batches, each = 100, 500
	c := natsserver.StartUnsynced(b, 3)
	conn := c.Connect(b)
	log, err := natslog.Open(b.Context(), conn, nil)
	require.NoError(b, err)
	js, stream := plain(b, conn, 3)
	for n := range batches {
		_, err := log.Append(b.Context(), fmt.Sprint("s", n%10), eventlog.AnyRevision, toldEvents(each)...)
		require.NoError(b, err)
		var acks []jetstream.PubAckFuture
		for range each {
			ack, err := js.PublishAsync(fmt.Sprint("plain.s", n%10), body())
			require.NoError(b, err)
			acks = append(acks, ack)
		}
		for _, ack := range acks {
			<-ack.Ok()
		}
	}
	perSecond := func(b *testing.B) { b.ReportMetric(batches*each*float64(b.N)/b.Elapsed().Seconds(), "events/s") }
	b.Run("plain, a consumer that decodes", func(b *testing.B) {
		for b.Loop() {
			consumer, err := stream.OrderedConsumer(b.Context(), jetstream.OrderedConsumerConfig{})
			require.NoError(b, err)
			messages, err := consumer.Messages()
			require.NoError(b, err)
			for range batches * each {
				m, err := messages.Next(jetstream.NextMaxWait(5 * time.Second))
				require.NoError(b, err)
				var r eventlog.Record
				require.NoError(b, r.UnmarshalJSON(m.Data()))
			}
			messages.Stop()
		}
		perSecond(b)
	})
	b.Run("log", func(b *testing.B) {
		for b.Loop() {
			n := 0
			for _, err := range log.ReadAll(b.Context(), 0) {
				require.NoError(b, err)
				n++
			}
			require.Equal(b, batches*each, n)
		}
		perSecond(b)
	})
	b.Run("log, one stream", func(b *testing.B) {
		for b.Loop() {
			n := 0
			for _, err := range log.Read(b.Context(), "s3", 0) {
				require.NoError(b, err)
				n++
			}
			require.Equal(b, batches*each/10, n)
		}
		b.ReportMetric(batches*each/10*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	})
}
