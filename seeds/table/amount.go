package table

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// scales are words for large numbers, longest first where one begins another.
var scales = []struct {
	word   string
	zeroes int
}{
	{"thousand", 3},
	{"million", 6},
	{"billion", 9},
	{"trillion", 12},
	{"mio", 6},
	{"mn", 6},
	{"bn", 9},
	{"k", 3},
	{"m", 6},
	{"b", 9},
}

var (
	groupedComma = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	groupedPoint = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$`)
	groupedBlank = regexp.MustCompile(`^[0-9]{1,3}([ '\x{a0}\x{202f}\x{2019}][0-9]{3})+([.,][0-9]+)?$`)
	plainDecimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	decimalComma = regexp.MustCompile(`^[0-9]+,[0-9]+$`)
)

// decimal reads a number that is not negative as people write it, and returns it without
// groups, commas and words: "1,234.5", "1.2 billion".
func decimal(text string) (string, error) {
	given := text
	zeroes := 0
	lower := strings.ToLower(strings.TrimSpace(text))
	for _, s := range scales {
		if before, ok := strings.CutSuffix(lower, s.word); ok && before != "" {
			lower, zeroes = strings.TrimSpace(before), s.zeroes
			break
		}
	}
	digits := lower
	switch {
	case plainDecimal.MatchString(lower) && strings.Count(lower, ".") == 1 && len(lower)-strings.IndexByte(lower, '.') == 4 && zeroes == 0:
		return "", fmt.Errorf("%q has two meanings: write %s for thousands, or %s0 for decimals", given, strings.ReplaceAll(lower, ".", ","), lower)
	case plainDecimal.MatchString(lower):
	case groupedComma.MatchString(lower):
		digits = strings.ReplaceAll(lower, ",", "")
	case groupedPoint.MatchString(lower):
		digits = strings.ReplaceAll(strings.ReplaceAll(lower, ".", ""), ",", ".")
	case groupedBlank.MatchString(lower):
		digits = strings.ReplaceAll(strings.NewReplacer(" ", "", "'", "", "\u00a0", "", "\u202f", "", "\u2019", "").Replace(lower), ",", ".")
	case decimalComma.MatchString(lower):
		digits = strings.Replace(lower, ",", ".", 1)
	default:
		return "", fmt.Errorf("%q is not a number", given)
	}
	n, ok := new(big.Rat).SetString(digits)
	if !ok || len(digits) > maxDigits {
		return "", fmt.Errorf("%q is not a number", given)
	}
	n.Mul(n, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeroes)), nil)))
	plain := n.FloatString(maxDigits)
	return strings.TrimSuffix(strings.TrimRight(plain, "0"), "."), nil
}

// maxDigits is how many a number may have.
const maxDigits = 24

var approximate = regexp.MustCompile(`(?i)^(about|approximately|approx\.?|around|circa|ca\.?|c\.|~|≈)\s*(.+)$`)

var compared = []struct{ words, sign string }{
	{"more than", ">"},
	{"over", ">"},
	{"at least", ">="},
	{"less than", "<"},
	{"under", "<"},
	{"at most", "<="},
	{"up to", "<="},
	{"≥", ">="},
	{"≤", "<="},
	{">=", ">="},
	{"<=", "<="},
	{">", ">"},
	{"<", "<"},
}

var between = regexp.MustCompile(`^([0-9][0-9.,' ]*?)\s*%?\s*(?:\.\.|–|—|-|\bto\b)\s*([0-9][0-9.,' ]*(?:[a-z]+)?)$`)

// number reads a number as the JSON of a [events.Number]: 5, "about 5", ">50", "25..50". A sign
// of percent may stand behind it.
func number(text string) (string, error) {
	given := strings.TrimSpace(text)
	bare := strings.TrimSpace(strings.TrimSuffix(given, "%"))
	if m := approximate.FindStringSubmatch(bare); m != nil {
		n, err := decimal(m[2])
		return quoted("about "+n, err)
	}
	lower := strings.ToLower(bare)
	for _, c := range compared {
		if rest, ok := strings.CutPrefix(lower, c.words); ok {
			n, err := decimal(rest)
			return quoted(c.sign+n, err)
		}
	}
	if m := between.FindStringSubmatch(lower); m != nil {
		low, err := decimal(m[1])
		if err != nil {
			return "", err
		}
		high, err := decimal(m[2])
		return quoted(low+".."+high, err)
	}
	if rest, ok := strings.CutPrefix(bare, "-"); ok {
		n, err := decimal(rest)
		return "-" + n, err
	}
	return decimal(bare)
}

func quoted(text string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return `"` + text + `"`, nil
}

// signs are what currencies are written with, and which one it is; "" if it may be several.
var signs = []struct{ sign, code string }{
	{"US$", "USD"},
	{"HK$", "HKD"},
	{"A$", "AUD"},
	{"C$", "CAD"},
	{"S$", "SGD"},
	{"NT$", "TWD"},
	{"R$", "BRL"},
	{"RMB", "CNY"},
	{"CN¥", "CNY"},
	{"JP¥", "JPY"},
	{"€", "EUR"},
	{"£", "GBP"},
	{"₩", "KRW"},
	{"₹", "INR"},
	{"₽", "RUB"},
	{"$", ""},
	{"¥", ""},
}

// money reads an amount as the JSON of a [events.Money].
func (c *Cells) money(text string) (string, error) {
	given := strings.TrimSpace(text)
	rest, code, sign := given, "", ""
	for _, s := range signs {
		if bare, ok := cutEither(given, s.sign); ok {
			rest, code, sign = bare, s.code, s.sign
			break
		}
	}
	if fields := strings.Fields(given); sign == "" && len(fields) > 1 {
		for _, f := range []string{fields[0], fields[len(fields)-1]} {
			if bare, ok := cutEither(given, f); ok && isCode(f) {
				rest, code = bare, f
			}
		}
	}
	switch {
	case code == "" && c.Currency != "":
		code = c.Currency
	case code == "" && sign != "":
		return "", fmt.Errorf("%q may be of several currencies; say which one %s is", given, sign)
	case code == "":
		return "", fmt.Errorf("%q has no currency; say which one it is", given)
	}
	n, err := decimal(rest)
	if err != nil {
		return "", err
	}
	return `"` + code + " " + n + `"`, nil
}

// cutEither cuts a sign before or behind a text.
func cutEither(text, sign string) (string, bool) {
	if rest, ok := strings.CutPrefix(text, sign); ok {
		return strings.TrimSpace(rest), true
	}
	rest, ok := strings.CutSuffix(text, sign)
	return strings.TrimSpace(rest), ok
}

func isCode(text string) bool {
	return len(text) == 3 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
