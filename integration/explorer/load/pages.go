package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// pages measures the page of a history for one reader: how large it is, and how long the
// first one takes, those of other days, and those that were asked for before.
func pages(name string, place answer.Place, views int) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s, err := explorer.New(ctx, explorer.Options{Place: place})
	if err != nil {
		return err
	}
	root, stop, err := serve(s)
	if err != nil {
		return err
	}
	defer stop()
	var plain, zipped int
	took := map[string][]time.Duration{}
	measure := func(kind, address string) error {
		before := time.Now()
		n, err := askZipped(address)
		took[kind] = append(took[kind], time.Since(before))
		zipped = max(zipped, n)
		return err
	}
	random := rand.New(rand.NewPCG(1, 2))
	var days []string
	for range views {
		days = append(days, root+"/?on="+(first+edtf.Day(random.IntN(int(last-first)+1))).String())
	}
	for n, address := range days {
		kind := "another day"
		if n == 0 {
			kind = "first"
		}
		if err := measure(kind, address); err != nil {
			return err
		}
	}
	for _, address := range days {
		if err := measure("again", address); err != nil {
			return err
		}
		n, err := ask(&http.Client{Transport: &http.Transport{DisableCompression: true}}, address)
		if err != nil {
			return err
		}
		plain = max(plain, n)
	}
	heap, err := knownThen(root, views, random)
	if err != nil {
		return err
	}
	fmt.Printf("%-12s %8d %11d %10v %12v %10v %8.0f MB\n", name, plain, zipped, middle(took["first"]), middle(took["another day"]), middle(took["again"]), heap)
	return nil
}

// knownThen asks for as many pages more, each of another day and as known by another, and
// returns how much memory is in use after them, in MB.
func knownThen(root string, views int, random *rand.Rand) (float64, error) {
	for range views {
		on := first + edtf.Day(random.IntN(int(last-first)+1))
		address := root + "/?on=" + on.String() + "&known=" + (on + edtf.Day(random.IntN(400))).String()
		if _, err := askZipped(address); err != nil {
			return 0, err
		}
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6, nil
}

// askZipped reads an answer that is compressed, as it comes, and returns its size.
func askZipped(address string) (int, error) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept-Encoding", "gzip")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || response.Header.Get("Content-Encoding") != "gzip") {
		err = fmt.Errorf("%s: %s, %q", address, response.Status, response.Header.Get("Content-Encoding"))
	}
	return int(n), err
}

// middle returns the median.
func middle(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2].Round(100 * time.Microsecond)
}
