// Command load measures the API of examples/explorer under many readers at once,
// beside what the same server does with answers of the same size that are ready.
//
//	go run ./explorer/load [-readers 200] [-for 5s] [-rounds 3]
//	go run ./explorer/load -pages 200
//
// With -pages it measures the page, for one reader, of the history of the article alone
// and of Leapmotor's: how large it is, how long it takes, and how much memory is in use after
// as many pages again, each as known by another day.
//
// Readers ask for the state on a random day of the history, each over a
// connection of its own, one question after the other. The first seconds are not
// counted: then every kind of day has been asked for once. Readers and server
// share the machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func main() {
	log.SetFlags(0)
	readers := flag.Int("readers", 200, "how many ask at once")
	long := flag.Duration("for", 5*time.Second, "how long each round measures")
	rounds := flag.Int("rounds", 3, "how many rounds, in turns")
	views := flag.Int("pages", 0, "measure the page, by so many views, instead of the API")
	article := flag.String("article", "../seeds/testdata/article.json", "the history of the article alone, in the repository")
	flag.Parse()
	err := error(nil)
	if *views > 0 {
		err = runPages(*article, *views)
	} else {
		err = run(*readers, *long, *rounds)
	}
	if err != nil {
		log.Fatal("load: ", err)
	}
}

func runPages(article string, views int) error {
	fmt.Printf("%-12s %8s %11s %10s %12s %10s %11s\n", "page of", "bytes", "compressed", "first", "another day", "again", "memory then")
	if err := pages("the article", answer.Place{File: article}, views); err != nil {
		return err
	}
	return pages("Leapmotor", answer.Place{}, views)
}

// The days that are asked for: those of the history.
var first, last = edtf.MustDay("2015-01-01"), seeds.Leapmotor().Horizon().Latest()

func run(readers int, long time.Duration, rounds int) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ours, err := explorer.New(ctx, explorer.Options{})
	if err != nil {
		return err
	}
	api, stop, err := serve(ours)
	if err != nil {
		return err
	}
	defer stop()
	size, err := meanSize(api)
	if err != nil {
		return err
	}
	ready, stopReady, err := serve(explorer.Ready(make([]byte, size)))
	if err != nil {
		return err
	}
	defer stopReady()
	fmt.Printf("%d readers, answers of %d bytes\n\n%-14s %10s %10s %10s %10s %8s\n", readers, size, "", "answers/s", "median", "99 %", "slowest", "99 %/med")
	for n := range rounds + 1 {
		var rates [2]float64
		for kind, target := range []struct{ name, address string }{{"API", api}, {"ready-made", ready}} {
			r, err := measure(target.address, readers, long)
			if err != nil {
				return err
			}
			rates[kind] = r.rate
			if n > 0 {
				fmt.Printf("%-14s %10.0f %10s %10s %10s %8.1f\n", target.name, r.rate, r.median, r.tail, r.slowest, float64(r.tail)/float64(r.median))
			} else {
				fmt.Fprintf(os.Stderr, "warming up: %s\n", target.name)
			}
		}
		if n > 0 {
			fmt.Printf("%-14s %10.2f of the ready-made answers\n\n", "", rates[0]/rates[1])
		}
	}
	return nil
}

// serve serves h on this machine, and returns its address.
func serve(h http.Handler) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := explorer.HTTP(h, nil)
	go func() { _ = server.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}

// target returns the address of a random day.
func target(root string) string {
	day := first + edtf.Day(rand.IntN(int(last-first)+1))
	return root + "/api/asof?on=" + day.String()
}

// meanSize returns how large an answer is on average.
func meanSize(root string) (int, error) {
	total := 0
	const samples = 200
	for range samples {
		n, err := ask(http.DefaultClient, target(root))
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total / samples, nil
}

// ask reads an answer whole and returns its size.
func ask(client *http.Client, address string) (int, error) {
	response, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	return int(n), err
}

// A result is what was measured in a round.
type result struct {
	rate                  float64 // answers in a second
	median, tail, slowest time.Duration
}

// measure lets readers ask for a while.
func measure(root string, readers int, long time.Duration) (result, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers, MaxConnsPerHost: readers}}
	defer client.CloseIdleConnections()
	end := time.Now().Add(long)
	took := make([][]time.Duration, readers)
	errs := make([]error, readers)
	var wait sync.WaitGroup
	for n := range readers {
		wait.Go(func() {
			for now := time.Now(); now.Before(end) && errs[n] == nil; {
				_, errs[n] = ask(client, target(root))
				after := time.Now()
				took[n] = append(took[n], after.Sub(now))
				now = after
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return result{}, err
		}
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	at := func(part float64) time.Duration {
		return all[int(part*float64(len(all)-1))].Round(10 * time.Microsecond)
	}
	return result{float64(len(all)) / long.Seconds(), at(.5), at(.99), at(1)}, nil
}
