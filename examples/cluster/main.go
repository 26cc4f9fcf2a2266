// Command cluster keeps the histories of many cars in a log on three NATS servers, and
// answers for any day from four readers that share the partitions.
//
//	go run .                      everything on this machine, with a million events, and kills
//	go run . -events 20000        the same with fewer
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

// run runs the demonstration, or one of its processes.
func run(ctx context.Context, args []string) error {
	if len(args) > 1 && args[0] == "process" {
		return runProcess(ctx, args[1])
	}
	flags := flag.NewFlagSet("cluster", flag.ContinueOnError)
	d := demo{out: os.Stdout}
	flags.IntVar(&d.events, "events", 1_000_000, "how many events are loaded, ten of each car")
	flags.IntVar(&d.partitions, "partitions", 8, "how many partitions there are")
	flags.IntVar(&d.readers, "readers", 4, "how many readers share them")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 || d.events < 10 || d.partitions < 1 || d.readers < 2 {
		return fmt.Errorf("usage: cluster [-events N] [-partitions N] [-readers N], with 10 events, 1 partition and 2 readers at least")
	}
	return d.run(ctx)
}

// A process is what one process of the demonstration does. It is told as JSON.
type process struct {
	Kind       string // node, reader or router
	Number     int    // of a node
	Folder     string // of a node
	Clients    []int  // ports of the nodes
	Routes     []int
	Partitions int
	Port       int // of the router
}

func runProcess(ctx context.Context, text string) error {
	var p process
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return err
	}
	switch p.Kind {
	case "node":
		go endWithParent()
		return runNode(p.Number, p.Folder, p.Clients, p.Routes)
	case "reader", "router":
		go endWithParent()
	default:
		return fmt.Errorf("no process is called %q", p.Kind)
	}
	conn, err := connect(p.Clients)
	if err != nil {
		return err
	}
	defer conn.Close()
	if p.Kind == "reader" {
		return runReader(ctx, conn, p.Partitions)
	}
	return runRouter(ctx, conn, p.Partitions, p.Port)
}

// endWithParent ends this process when the one that started it has gone.
func endWithParent() {
	_, _ = os.Stdin.Read(make([]byte, 1))
	os.Exit(0)
}

func connect(clients []int) (*nats.Conn, error) {
	return nats.Connect(urls(clients), nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond), nats.RetryOnFailedConnect(true),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})) // whoever waits for an answer says what is wrong
}

// portOf returns the port at the end of an address.
func portOf(address string) int {
	n, _ := strconv.Atoi(address[strings.LastIndexByte(address, ':')+1:])
	return n
}
