package events

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// A Codec turns payloads into their stored form and back: the name and version
// of their type, and JSON. The zero Codec knows the payloads of this package
// and no upcasters. Codecs are values; [Codec.With] returns another one.
type Codec struct {
	upcasters map[Type]Upcaster
}

// An Upcaster turns the stored form of a type's version into that of the next
// version. It must not change what it is given.
type Upcaster func(data json.RawMessage) (json.RawMessage, error)

// ErrVersion reports stored data of an old version that no upcaster brings
// forward.
var ErrVersion = errors.New("events: no upcaster from this version")

// With returns c with an upcaster from the given type to its next version.
func (c Codec) With(from Type, up Upcaster) Codec {
	upcasters := maps.Clone(c.upcasters)
	if upcasters == nil {
		upcasters = map[Type]Upcaster{}
	}
	upcasters[from] = up
	return Codec{upcasters}
}

// Encode returns the stored form of p.
func (c Codec) Encode(p Payload) (Type, json.RawMessage, error) {
	if u, ok := p.(Unknown); ok {
		return u.Stored, json.RawMessage(u.JSON), nil
	}
	data, err := json.Marshal(p)
	if err != nil {
		return Type{}, nil, fmt.Errorf("events: %v: %w", p.Type(), err)
	}
	return p.Type(), data, nil
}

// Decode returns the payload with the given stored form. Old versions are
// brought forward by upcasters. A name or a newer version that is not known
// gives an [Unknown] that keeps the data as it is. Fields that the type does
// not have are refused: nothing is lost.
func (c Codec) Decode(t Type, data json.RawMessage) (Payload, error) {
	target, ok := prototypes[t.Name]
	if !ok || t.Version > target.Type().Version {
		return Unknown{t, string(data)}, nil
	}
	for ; t.Version < target.Type().Version; t.Version++ {
		up, ok := c.upcasters[t]
		if !ok {
			return nil, fmt.Errorf("%w: %v", ErrVersion, t)
		}
		next, err := up(slices.Clone(data))
		if err != nil {
			return nil, fmt.Errorf("events: upcasting %v: %w", t, err)
		}
		data = next
	}
	p := reflect.New(reflect.TypeOf(target))
	if err := strictJSON(data, p.Interface()); err != nil {
		return nil, fmt.Errorf("events: %v: %w", t, err)
	}
	return p.Elem().Interface().(Payload), nil
}

// Prototypes returns a zero payload of each type of this package, by name.
func Prototypes() []Payload {
	var all []Payload
	for _, name := range slices.Sorted(maps.Keys(prototypes)) {
		all = append(all, prototypes[name])
	}
	return all
}

// prototypes is a zero payload of each type, by name. It is never written to.
var prototypes = func() map[string]Payload {
	m := map[string]Payload{}
	for _, p := range []Payload{
		BrandLaunched{},
		CapitalRaised{},
		CompanyFounded{},
		ComponentsInsourced{},
		ConceptShown{},
		ContextNoted{},
		DeliveriesRecorded{},
		MarketEntered{},
		ModelDelivered{},
		ModelDiscontinued{},
		ModelLaunched{},
		ModelPresold{},
		ModelPriced{},
		ModelRevealed{},
		ModelShown{},
		ModelSpecified{},
		OrganisationFounded{},
		PartnershipSigned{},
		PlanAnnounced{},
		PlanConsidered{},
		PlanDropped{},
		PlanFulfilled{},
		PlanMoved{},
		PlanQuestioned{},
		PlansAnnounced{},
		PlantBuilding{},
		ProductionEnded{},
		ProductionQuestioned{},
		ProductionStarted{},
		StakeAgreed{},
		StakeClosed{},
		TalksEnded{},
		TalksReported{},
		TechnologyAnnounced{},
		VentureAgreed{},
		VentureFormed{},
	} {
		m[p.Type().Name] = p
	}
	return m
}()
