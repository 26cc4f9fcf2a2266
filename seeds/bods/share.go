package bods

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
)

// number returns a share as a number, which is not told if there is none.
func number(s *Share) (events.Number, error) {
	var n events.Number
	text := shareText(s)
	if text == "" {
		return n, nil
	}
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return events.Number{}, err
	}
	for _, told := range []*float64{s.Exact, s.Min, s.Max, s.OverMin, s.OverMax} {
		if told != nil && (*told < 0 || *told > 100) {
			return events.Number{}, fmt.Errorf("%s is no share of 100", plain(*told))
		}
	}
	return n, nil
}

// shareText returns a share as the JSON of a number; "" if none is told.
func shareText(s *Share) string {
	switch {
	case s == nil:
		return ""
	case s.Exact != nil:
		return plain(*s.Exact)
	case s.Min != nil && s.Max != nil && *s.Min == *s.Max:
		return plain(*s.Min)
	}
	low, over := s.Min, ""
	if s.OverMin != nil {
		low, over = s.OverMin, ">"
	}
	high, under := s.Max, ""
	if s.OverMax != nil {
		high, under = s.OverMax, "<"
	}
	switch {
	case low == nil && high == nil:
		return ""
	case high == nil && over == "":
		return `">=` + plain(*low) + `"`
	case high == nil:
		return `">` + plain(*low) + `"`
	case low == nil && under == "":
		return `"<=` + plain(*high) + `"`
	case low == nil:
		return `"<` + plain(*high) + `"`
	}
	return `"` + over + plain(*low) + ".." + under + plain(*high) + `"`
}

// shareIn returns what an interest tells of a share: that, or if there is none, the text that [Write] has in its
// details for what is no share, such as "about 60 %".
func shareIn(i *Interest) events.Number {
	if text, ok := strings.CutSuffix(i.Details, " %"); ok && i.Share == nil {
		var n events.Number
		if json.Unmarshal([]byte(strconv.Quote(text)), &n) == nil {
			return n
		}
	}
	share, _ := number(i.Share) // it was looked at
	return share
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// shareOf returns a number as a share; nil if it is only more than nothing, or about so much.
func shareOf(n events.Number) *Share {
	if v, exact := n.Exact(); exact {
		return &Share{Exact: &v, Min: &v, Max: &v}
	}
	text, err := n.MarshalJSON()
	if err != nil || strings.HasPrefix(string(text), `"about`) {
		return nil
	}
	low, high := n.Bounds()
	s := &Share{}
	if bare := strings.Trim(string(text), `"`); strings.HasPrefix(bare, ">") && !strings.HasPrefix(bare, ">=") {
		s.OverMin = &low
	} else if low >= 0 {
		s.Min = &low
	}
	if strings.Contains(string(text), "<") && !strings.Contains(string(text), "<=") {
		s.OverMax = &high
	} else if high <= 100 {
		s.Max = &high
	}
	return s
}
