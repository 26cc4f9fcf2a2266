package explorer

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"time"
)

// heartbeat is how often a page that listens for changes hears that there are
// none, so that it notices when nobody is there any more.
const heartbeat = 15 * time.Second

// serveEvents sends a page the name of each generation, as server-sent events:
// the present one at once.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		s.tooBusy(w)
		return
	}
	out := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return // its answer ends with the headers
	}
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for sent := 0; ; {
		ed, changed := s.live.now()
		text := ": still here\n\n"
		if ed.number != sent {
			text = fmt.Sprintf("retry: 2000\nevent: generation\ndata: %s\n\n", ed.name())
			sent = ed.number
		}
		if out.SetWriteDeadline(time.Now().Add(readTime)) != nil {
			return
		}
		if _, err := fmt.Fprint(w, text); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		case <-ticker.C:
		}
	}
}

func checksum(body []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(body)
	return h.Sum64()
}
