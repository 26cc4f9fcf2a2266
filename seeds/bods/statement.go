package bods

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Statement is what a source declared of an entity, a person or a relationship on some day. Its
// fields are those of BODS 0.4 that this package reads or writes.
type Statement struct {
	ID          string       `json:"statementId"`
	Date        string       `json:"statementDate,omitempty"` // a day, or a time
	Annotations []Annotation `json:"annotations,omitempty"`
	Publication *Publication `json:"publicationDetails,omitempty"`
	Source      *Source      `json:"source,omitempty"`
	Subject     string       `json:"declarationSubject"`
	Record      string       `json:"recordId"`
	Type        string       `json:"recordType"`             // entity, person or relationship
	Status      string       `json:"recordStatus,omitempty"` // new, updated or closed
	Details     Details      `json:"recordDetails"`
}

// Details are those of an entity, a person or a relationship.
type Details struct {
	IsComponent bool `json:"isComponent"`

	// of an entity
	EntityType *EntityType    `json:"entityType,omitempty"`
	Name       string         `json:"name,omitempty"`
	Country    *Jurisdiction  `json:"jurisdiction,omitempty"`
	Founded    string         `json:"foundingDate,omitempty"`
	Dissolved  string         `json:"dissolutionDate,omitempty"`
	Addresses  []Address      `json:"addresses,omitempty"`
	Listing    *PublicListing `json:"publicListing,omitempty"`
	PersonType string         `json:"personType,omitempty"` // of a person
	Names      []Name         `json:"names,omitempty"`
	Interested Party          `json:"interestedParty,omitzero"` // of a relationship
	OfCompany  Party          `json:"subject,omitzero"`
	Interests  []Interest     `json:"interests,omitempty"`
}

// name returns the name of an entity or a person, or "" if it has none.
func (d *Details) name() string {
	if d.Name != "" || len(d.Names) == 0 {
		return d.Name
	}
	n := d.Names[0]
	if n.Full != "" {
		return n.Full
	}
	return strings.TrimSpace(n.Given + " " + n.Family)
}

// Annotation is a remark on a part of a statement.
type Annotation struct {
	Target      string `json:"statementPointerTarget"` // a JSON Pointer
	Motivation  string `json:"motivation"`
	Description string `json:"description,omitempty"`
}

// Publication says who published a statement, and when.
type Publication struct {
	Date      string    `json:"publicationDate"`
	Version   string    `json:"bodsVersion"`
	License   string    `json:"license,omitempty"`
	Publisher Publisher `json:"publisher"`
}

// Publisher has a name, an address or both.
type Publisher struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Source is where a statement is from.
type Source struct {
	Type        []string `json:"type,omitempty"`
	Description string   `json:"description,omitempty"`
	URL         string   `json:"url,omitempty"`
	Retrieved   string   `json:"retrievedAt,omitempty"`
}

// EntityType is what an entity is, such as a registeredEntity.
type EntityType struct {
	Type string `json:"type"`
}

// Jurisdiction is a country, or a part of one.
type Jurisdiction struct {
	Name string `json:"name"`
	Code string `json:"code,omitempty"`
}

// Address is where an entity is.
type Address struct {
	Type    string        `json:"type,omitempty"`
	Address string        `json:"address,omitempty"`
	Country *Jurisdiction `json:"country,omitempty"`
}

// PublicListing says on which exchanges the shares of a company are traded.
type PublicListing struct {
	Has      bool              `json:"hasPublicListing"`
	Listings []SecurityListing `json:"securitiesListings,omitempty"`
}

// SecurityListing is a share on an exchange.
type SecurityListing struct {
	Country  string `json:"stockExchangeJurisdiction"`
	Exchange string `json:"stockExchangeName"`
	Security struct {
		Ticker string `json:"ticker"`
	} `json:"security"`
}

// Name is that of a person.
type Name struct {
	Full   string `json:"fullName,omitempty"`
	Given  string `json:"givenName,omitempty"`
	Family string `json:"familyName,omitempty"`
}

// An Interest is what someone has in a company.
type Interest struct {
	Type       string `json:"type"`
	Direct     string `json:"directOrIndirect,omitempty"` // direct, indirect or unknown
	Beneficial *bool  `json:"beneficialOwnershipOrControl,omitempty"`
	Details    string `json:"details,omitempty"`
	Share      *Share `json:"share,omitempty"`
	Start      string `json:"startDate,omitempty"`
	End        string `json:"endDate,omitempty"`
}

// A Share is one in percent, exactly or within bounds.
type Share struct {
	Exact   *float64 `json:"exact,omitempty"`
	Min     *float64 `json:"minimum,omitempty"`
	Max     *float64 `json:"maximum,omitempty"`
	OverMin *float64 `json:"exclusiveMinimum,omitempty"`
	OverMax *float64 `json:"exclusiveMaximum,omitempty"`
}

// A Party is the record of a person or an entity, or why there is none.
type Party struct {
	Record string
	Unspecified
}

// Unspecified is why a party cannot be named.
type Unspecified struct {
	Reason      string `json:"reason"`
	Description string `json:"description,omitempty"`
}

// MarshalJSON writes the record, or the reason.
func (p Party) MarshalJSON() ([]byte, error) {
	if p.Record != "" {
		return json.Marshal(p.Record)
	}
	return json.Marshal(p.Unspecified)
}

// UnmarshalJSON reads either.
func (p *Party) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		return json.Unmarshal(data, &p.Record)
	}
	return json.Unmarshal(data, &p.Unspecified)
}

// declared returns the day on which a statement was declared, or else published; an invalid one is before all others.
func (s *Statement) declared() edtf.Day {
	text := s.Date
	if text == "" && s.Publication != nil {
		text = s.Publication.Date
	}
	d, err := dayOf(text)
	if err != nil || d.IsZero() {
		return edtf.DistantPast
	}
	return d.Latest()
}

// readStatements reads an array of statements, or one after the other.
func readStatements(r io.Reader, name string) ([]Statement, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("bods: reading %s: %w", name, err)
	}
	text = bytes.TrimSpace(text)
	var all []Statement
	if bytes.HasPrefix(text, []byte("[")) {
		if err := json.Unmarshal(text, &all); err != nil {
			return nil, fmt.Errorf("bods: %s: %w", name, err)
		}
		return all, nil
	}
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var s Statement
		switch err := d.Decode(&s); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("bods: %s: statement %d: %w", name, len(all)+1, err)
		}
		all = append(all, s)
	}
}

// dayOf reads a day, or the day of a time; the zero Date if there is none.
func dayOf(text string) (edtf.Date, error) {
	if text == "" {
		return edtf.Date{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		day := edtf.DayOf(at)
		return edtf.Between(day, day), nil
	}
	if day, _, ok := bytes.Cut([]byte(text), []byte("T")); ok {
		text = string(day) // a time without a zone
	}
	day, err := edtf.ParseDay(text)
	if err != nil {
		return edtf.Date{}, err
	}
	return edtf.Between(day, day), nil
}
