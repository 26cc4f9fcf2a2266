package export

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Feed is what became known, for those who follow a history.
type Feed struct {
	Title   string
	ID      string // an address that is its own and does not change; made of the title if it is empty
	Address string // where it can be read; may be empty
	Author  string // the title if it is empty
	Items   []Item
}

// An Item is one thing of a feed.
type Item struct {
	ID       string // unique in the world: a UUID, or an address
	Title    string
	Day      edtf.Day // when it became known
	Text     string   // more about it, in lines
	Category string   // may be empty
}

// Items returns events as items of a feed: when each may last have become known. The title of one that is only
// possible begins with that, and has the date if it is not one day. Those that are corrected, or
// that a rival excludes, are left out.
func Items(entries []Entry) []Item {
	var all []Item
	for n := range entries {
		e := &entries[n]
		if e.Status == LeftOut {
			continue
		}
		_, last, ok := closed(e.Known.Bounds())
		if !ok {
			continue
		}
		title := capital(e.What)
		if !e.plain() {
			title += " (" + e.When.English() + ")"
		}
		if e.Status.doubtful() {
			title = "Possible: " + title
		}
		all = append(all, Item{e.ID, title, last, strings.Join(e.lines(), "\n"), e.Type})
	}
	return all
}

// capital returns a text with a capital.
func capital(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// The elements of Atom (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomAuthor  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID       string        `xml:"id"`
		Title    string        `xml:"title"`
		Updated  string        `xml:"updated"`
		Category *atomCategory `xml:"category"`
		Content  atomContent   `xml:"content"`
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
	atomContent struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// Atom writes a feed in Atom (RFC 4287), the newest first. A day is its beginning in UTC. The error is that of w.
func Atom(w io.Writer, f Feed) error {
	feed := atomFeed{ID: urn(cmp.Or(f.ID, f.Title)), Title: oneLine(f.Title), Updated: instant(0), Author: atomAuthor{oneLine(cmp.Or(f.Author, f.Title))}}
	if f.Address != "" {
		feed.Links = []atomLink{{"self", f.Address}}
	}
	items := slices.Clone(f.Items)
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(b.Day, a.Day) })
	if len(items) > 0 {
		feed.Updated = instant(items[0].Day)
	}
	for _, i := range items {
		e := atomEntry{ID: urn(i.ID), Title: oneLine(i.Title), Updated: instant(i.Day), Content: atomContent{"text", i.Text}}
		if i.Category != "" {
			e.Category = &atomCategory{i.Category}
		}
		feed.Entries = append(feed.Entries, e)
	}
	_, err := io.WriteString(w, xml.Header)
	if err == nil {
		enc := xml.NewEncoder(w)
		enc.Indent("", "  ")
		if err = enc.Encode(feed); err == nil {
			_, err = io.WriteString(w, "\n")
		}
	}
	if err != nil {
		return fmt.Errorf("export: writing the feed: %w", err)
	}
	return nil
}

func instant(day edtf.Day) string { return day.Time().Format(time.RFC3339) }

// urn returns an ID as Atom needs it: an address as it is, a UUID as a URN, and of anything else the URN of a UUID made of it.
func urn(id string) string {
	if strings.Contains(id, ":") && !strings.ContainsAny(id, " \t\n") {
		return id
	}
	u, err := uuid.Parse(id)
	if err != nil {
		u = uuid.NewSHA1(uuid.NameSpaceURL, []byte(id))
	}
	return u.URN()
}
