package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// runNode runs a NATS server: number i of those that listen at the given client and route
// ports. In earnest this is nats-server itself, with the same settings.
func runNode(i int, folder string, clients, routes []int) error {
	options := &server.Options{
		ServerName: fmt.Sprint("node", i), Host: "127.0.0.1", Port: clients[i], NoLog: true, NoSigs: true,
		JetStream: true, StoreDir: folder, JetStreamMaxMemory: 256 << 20, JetStreamMaxStore: 8 << 30,
		SyncAlways: true, JetStreamLimits: server.JSLimitOpts{MaxBatchSize: 20_000},
		Cluster: server.ClusterOpts{Name: "cars", Host: "127.0.0.1", Port: routes[i], PoolSize: 1},
	}
	for _, port := range routes {
		options.Routes = append(options.Routes, &url.URL{Scheme: "nats", Host: fmt.Sprint("127.0.0.1:", port)})
	}
	s, err := server.NewServer(options)
	if err != nil {
		return err
	}
	s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		return errors.New("the server is not ready for connections")
	}
	fmt.Println("ready")
	s.WaitForShutdown()
	return nil
}

// urls returns the addresses of all nodes for those who connect.
func urls(clients []int) string {
	var all []string
	for _, port := range clients {
		all = append(all, fmt.Sprint("nats://127.0.0.1:", port))
	}
	return strings.Join(all, ",")
}
