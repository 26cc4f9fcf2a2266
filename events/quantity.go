package events

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/exp/constraints"
)

// Quantities. Each prints with its unit and is stored as a plain number under
// a name that has the unit in it.
type (
	// Percent is a share of 100, from 0 to 100.
	Percent float64
	// KilowattHours is an amount of energy, in kWh.
	KilowattHours float64
	// Kilowatts is a power, in kW.
	Kilowatts float64
	// NewtonMetres is a torque, in Nm.
	NewtonMetres float64
	// Kilometres is a distance, in km.
	Kilometres float64
)

// aboveWhole reports whether p is more than all there is. Shares with decimals
// may add up to a little more only because of how they are kept.
func (p Percent) aboveWhole() bool { return p > 100+1e-9 }

// String returns the quantity as "20 %".
func (p Percent) String() string { return quantity(p, "%") }

// String returns the quantity as "41 kWh".
func (e KilowattHours) String() string { return quantity(e, "kWh") }

// String returns the quantity as "80 kW".
func (p Kilowatts) String() string { return quantity(p, "kW") }

// String returns the quantity as "158 Nm".
func (t NewtonMetres) String() string { return quantity(t, "Nm") }

// String returns the quantity as "403 km".
func (d Kilometres) String() string { return quantity(d, "km") }

func quantity[N constraints.Integer | constraints.Float](n N, unit string) string {
	return strconv.FormatFloat(float64(n), 'f', -1, 64) + " " + unit
}

// UnmarshalJSON reads a number from 0 to 100.
func (p *Percent) UnmarshalJSON(text []byte) error {
	n, err := positive(text)
	if err == nil && n > 100 {
		err = fmt.Errorf("%v percent is more than 100", n)
	}
	*p = Percent(n)
	return err
}

// UnmarshalJSON reads a number that is not negative.
func (e *KilowattHours) UnmarshalJSON(text []byte) error { return readPositive(text, e) }

// UnmarshalJSON reads a number that is not negative.
func (p *Kilowatts) UnmarshalJSON(text []byte) error { return readPositive(text, p) }

// UnmarshalJSON reads a number that is not negative.
func (t *NewtonMetres) UnmarshalJSON(text []byte) error { return readPositive(text, t) }

// UnmarshalJSON reads a number that is not negative.
func (d *Kilometres) UnmarshalJSON(text []byte) error { return readPositive(text, d) }

func readPositive[N constraints.Float](text []byte, into *N) error {
	n, err := positive(text)
	*into = N(n)
	return err
}

func positive(text []byte) (float64, error) {
	var n float64
	if err := json.Unmarshal(text, &n); err != nil {
		return 0, fmt.Errorf("%s is not a number", text)
	}
	if n < 0 {
		return 0, fmt.Errorf("%v is negative", n)
	}
	return n, nil
}

// Money is an amount in a currency. The zero value is no amount at all. In
// JSON and as text it is written "EUR 1500000000" or "HKD 43.8".
type Money struct {
	hundredths int64
	currency   [3]byte
}

// NewMoney returns whole units of a currency, given by its ISO 4217 code. It
// panics if the code is not three capital letters.
func NewMoney(units int64, currency string) Money {
	m, err := ParseMoney(fmt.Sprint(currency, " ", units))
	if err != nil {
		panic(err)
	}
	return m
}

// ParseMoney reads "EUR 1500000000" or "HKD 43.8": an ISO 4217 code, a blank,
// and an amount with at most two decimals.
func ParseMoney(s string) (Money, error) {
	code, amount, ok := strings.Cut(s, " ")
	if !ok || len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return Money{}, fmt.Errorf("money %q is not written like \"EUR 1500000000\"", s)
	}
	units, decimals, _ := strings.Cut(amount, ".")
	if len(decimals) > 2 || units == "" || strings.Trim(units+decimals, "0123456789") != "" || strings.HasSuffix(amount, ".") {
		return Money{}, fmt.Errorf("money %q: %q is not an amount with at most two decimals", s, amount)
	}
	n, err := strconv.ParseInt(units+(decimals + "00")[:2], 10, 64)
	if err != nil {
		return Money{}, fmt.Errorf("money %q: the amount is too large", s)
	}
	return Money{n, [3]byte([]byte(code))}, nil
}

// Currency returns the ISO 4217 code, or "" for no amount.
func (m Money) Currency() string { return strings.Trim(string(m.currency[:]), "\x00") }

// Units returns the amount in whole units and hundredths.
func (m Money) Units() (units, hundredths int64) { return m.hundredths / 100, m.hundredths % 100 }

// number returns m as a number, which is not told if there is no amount.
func (m Money) number() Number {
	if m.IsZero() {
		return Number{}
	}
	return Exactly(float64(m.hundredths) / 100).In(m.Currency())
}

// IsZero reports whether m is no amount at all.
func (m Money) IsZero() bool { return m == Money{} }

// String returns m as people write it: "EUR 1.5 billion", "CNY 65,800".
func (m Money) String() string {
	units, rest := m.Units()
	switch {
	case m.IsZero():
		return "no amount"
	case rest == 0 && units >= 1e9:
		return m.Currency() + " " + short(units, 1e9) + " billion"
	case rest == 0 && units >= 1e6:
		return m.Currency() + " " + short(units, 1e6) + " million"
	case rest == 0:
		return m.Currency() + " " + thousands(units)
	}
	return fmt.Sprintf("%s %s.%02d", m.Currency(), thousands(units), rest)
}

// short returns n in the given unit, exactly.
func short(n, unit int64) string {
	decimals := strings.TrimRight(fmt.Sprintf("%0*d", int(math.Log10(float64(unit))), n%unit), "0")
	if decimals == "" {
		return strconv.FormatInt(n/unit, 10)
	}
	return fmt.Sprintf("%d.%s", n/unit, decimals)
}

// thousands returns n with commas.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// MarshalText writes what [ParseMoney] reads.
func (m Money) MarshalText() ([]byte, error) {
	if m.IsZero() {
		return nil, fmt.Errorf("no amount of money cannot be written")
	}
	units, rest := m.Units()
	if rest == 0 {
		return fmt.Appendf(nil, "%s %d", m.Currency(), units), nil
	}
	return fmt.Appendf(nil, "%s %d.%02d", m.Currency(), units, rest), nil
}

// UnmarshalText reads what [ParseMoney] reads.
func (m *Money) UnmarshalText(text []byte) error {
	parsed, err := ParseMoney(string(text))
	if err == nil {
		*m = parsed
	}
	return err
}
