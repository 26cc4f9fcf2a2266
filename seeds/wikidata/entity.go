package wikidata

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// An entity is an item or a property, as Wikidata has it in JSON.
type entity struct {
	ID       string             `json:"id"`
	Modified string             `json:"modified"`
	Labels   mapOf[text]        `json:"labels"`
	Claims   mapOf[[]statement] `json:"claims"`
}

// A mapOf is an object, of which PHP writes one that is empty as a list.
type mapOf[V any] map[string]V

// UnmarshalJSON reads an object or an empty list.
func (m *mapOf[V]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.Join(bytes.Fields(data), nil), []byte("[]")) {
		return nil
	}
	return json.Unmarshal(data, (*map[string]V)(m))
}

type text struct {
	Language string `json:"language"`
	Value    string `json:"value"`
	Text     string `json:"text"` // of a snak
}

type statement struct {
	ID         string        `json:"id"`
	Rank       string        `json:"rank"`
	Main       snak          `json:"mainsnak"`
	Qualifiers mapOf[[]snak] `json:"qualifiers"`
	References []reference   `json:"references"`
}

type reference struct {
	Hash  string        `json:"hash"`
	Snaks mapOf[[]snak] `json:"snaks"`
}

// A snak is a value of a property, or that there is one or none.
type snak struct {
	Type     string `json:"snaktype"` // value, somevalue or novalue
	Property string `json:"property"`
	Value    struct {
		Type  string          `json:"type"`
		Value json.RawMessage `json:"value"`
	} `json:"datavalue"`
}

// item returns the number of the item that a snak names.
func (s *snak) item() (string, bool) {
	var v struct {
		ID      string `json:"id"`
		Numeric int    `json:"numeric-id"`
	}
	if s.Value.Type != "wikibase-entityid" || json.Unmarshal(s.Value.Value, &v) != nil {
		return "", false
	}
	if v.ID == "" && v.Numeric > 0 {
		v.ID = fmt.Sprintf("Q%d", v.Numeric) // as old dumps have it
	}
	return v.ID, v.ID != ""
}

// written returns the text of a snak: a string, an address or a text in some language.
func (s *snak) written() string {
	var plain string
	if json.Unmarshal(s.Value.Value, &plain) == nil {
		return plain
	}
	var t text
	_ = json.Unmarshal(s.Value.Value, &t) // what is neither has no text
	return t.Text
}

// quantity returns the amount of a snak as it is written, without a plus, its bounds if it has any,
// and the item that is its unit, "" for none.
func (s *snak) quantity() (amount, lower, upper, unit string, ok bool) {
	var v struct {
		Amount string `json:"amount"`
		Lower  string `json:"lowerBound"`
		Upper  string `json:"upperBound"`
		Unit   string `json:"unit"`
	}
	if s.Value.Type != "quantity" || json.Unmarshal(s.Value.Value, &v) != nil || v.Amount == "" {
		return "", "", "", "", false
	}
	if v.Unit != "1" {
		unit = v.Unit[strings.LastIndexByte(v.Unit, '/')+1:]
	}
	plus := func(n string) string { return strings.TrimPrefix(n, "+") }
	return plus(v.Amount), plus(v.Lower), plus(v.Upper), unit, true
}

// label returns the name of an entity in the first language that it has one in.
func (e *entity) label(languages []string) string {
	for _, l := range languages {
		if t, ok := e.Labels[l]; ok && t.Value != "" {
			return t.Value
		}
	}
	for _, l := range sortedKeys(e.Labels) {
		return e.Labels[l].Value
	}
	return ""
}

// readEntities reads a file with one entity or several, as Special:EntityData or wbgetentities
// gives them, or with the bare JSON of one.
func readEntities(r io.Reader, name string) (map[string]*entity, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("wikidata: reading %s: %w", name, err)
	}
	var file struct {
		Entities map[string]*entity `json:"entities"`
		entity
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("wikidata: %s: %w", name, err)
	}
	if file.Entities == nil && file.ID != "" {
		file.Entities = map[string]*entity{file.ID: &file.entity}
	}
	for id, e := range file.Entities {
		if e == nil {
			delete(file.Entities, id)
		} else if e.ID == "" {
			e.ID = id
		}
	}
	if len(file.Entities) == 0 {
		return nil, fmt.Errorf("wikidata: %s has no item; it is the JSON of Special:EntityData", name)
	}
	return file.Entities, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
