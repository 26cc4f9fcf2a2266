// Package natslog is a log in NATS JetStream: a stream that several servers hold, so that
// the log outlives any one of them and is not bound to one machine.
//
//	conn, err := nats.Connect("nats://a:4222,nats://b:4222,nats://c:4222", nats.MaxReconnects(-1))
//	log, err := natslog.Open(ctx, conn, nil)
//
// # What the servers must be
//
// nats-server 2.12 or newer, three of them or five, on machines of their own. In the
// configuration of each:
//
//	max_payload: 8MB                 # of one event; 1MB if it is not set
//	jetstream {
//	  store_dir: /var/lib/nats
//	  sync_interval: always          # or what was acknowledged may be lost with the power
//	  limits { max_batch_size: 20000 } # two messages for each event of one Append; 1000 if it is not set
//	}
//
// A program cannot see whether the servers wait for their disks. Without sync_interval a
// server that loses its power may lose what it has acknowledged; the log then has it from
// the others, unless most of them lose their power at once.
//
// # How it works
//
// Every event is two messages. The claim has its ID, and is refused if there is a message
// with that subject already. The record has the event; the first record of an Append is
// refused if the stream has moved on from what the writer saw. All messages of an Append
// are one atomic batch: JetStream stores all of them or none, one behind the other, and the
// leader of the stream checks both conditions where it orders them. So an event cannot be there twice,
// however often and by whomever an append is repeated, and there is no time after which
// that would be forgotten. The record at position n is the message with the sequence 2n.
//
//	NAME.s.STREAM   a record, in its JSON form with position 0
//	NAME.i.ID       a claim, which is empty
//	NAME.w          tells followers to look; it is not stored
//
// In STREAM any byte but letters, digits, - and _ stands as = and two hexadecimal digits.
//
// The time at which a record was recorded is that of the server that led the stream. It can
// go back from one record to the next only if another server leads then whose clock is
// behind, or if a clock was set back.
//
//   - natslog: opening, settings;
//   - append, batch: how events come in; find: by their IDs; streams: which there are;
//   - read, page, follow: how they are read;
//   - message, subject: what is stored;
//   - patience: what is tried again.
package natslog
