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
	{"mrd", 9},
	{"mn", 6},
	{"bn", 9},
	{"k", 3},
	{"m", 6},
	{"b", 9},
}

var (
	groupedComma = regexp.MustCompile(`^[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$`)
	groupedPoint = regexp.MustCompile(`^[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$`)
	groupedBlank = regexp.MustCompile(`^[1-9][0-9]{0,2}([ '\x{a0}\x{202f}\x{2019}][0-9]{3})+([.,][0-9]+)?$`)
	plainDecimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	decimalComma = regexp.MustCompile(`^[0-9]+,[0-9]+$`)
)

// A figure is how a number that is not negative is read.
type figure struct {
	semicolons bool // cells are parted by semicolons, as where commas are decimal
	percent    bool // a sign of percent stood behind it, which none has who counts thousands
}

// decimal reads a number as people write it, and returns it without groups, commas and words:
// "1,234.5", "1.2 billion".
func (f figure) decimal(text string) (string, error) {
	given := strings.TrimSpace(text)
	lower, zeroes := scaled(given)
	digits := lower
	switch {
	case f.ambiguous(lower, zeroes):
		mark := lower[strings.IndexAny(lower, ".,")]
		return "", fmt.Errorf("%q has two meanings; write %s, or %s0", given, strings.ReplaceAll(lower, string(mark), ""), strings.ReplaceAll(lower, ",", "."))
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

// scaled returns a text in small letters without a word for large numbers, and how many zeroes that stands for.
func scaled(text string) (string, int) {
	lower := strings.ToLower(text)
	for _, s := range scales {
		if before, ok := strings.CutSuffix(lower, s.word); ok && before != "" {
			return strings.TrimSpace(before), s.zeroes
		}
	}
	return lower, 0
}

var (
	onePoint = regexp.MustCompile(`^[1-9][0-9]{0,2}\.[0-9]{3}$`)
	oneComma = regexp.MustCompile(`^[1-9][0-9]{0,2},[0-9]{3}$`)
)

// ambiguous reports whether a mark may be of thousands as well as of decimals.
func (f figure) ambiguous(text string, zeroes int) bool {
	if f.percent || zeroes > 0 && !f.semicolons {
		return false // 1.500 billion is one and a half; in a table with semicolons the mark may be of thousands
	}
	return onePoint.MatchString(text) || f.semicolons && oneComma.MatchString(text)
}

// maxDigits is how many a number may have.
const maxDigits = 24

// approximate finds a word for about, and what stands behind it. CAD and CA$ are currencies.
var approximate = regexp.MustCompile(`(?i)^(?:about|approximately|approx\.?|around|circa|ca\.|ca\s|c\.|~|≈)\s*(.+)$|^(?:ca)([0-9].*)$`)

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

var between = regexp.MustCompile(`^([0-9][0-9.,' ]*?\s*(?:thousand|million|billion|mio|mrd|mn|bn|k|m|b)?)\s*%?\s*(?:\.\.|–|—|-|\bto\b)\s*([0-9][0-9.,' ]*(?:[a-z]+)?)$`)

// number reads a number as the JSON of a [events.Number]: 5, "about 5", ">50", "25..50". A sign
// of percent may stand behind it.
func (f figure) number(text string) (string, error) {
	given := strings.TrimSpace(text)
	bare := strings.TrimSpace(strings.TrimSuffix(given, "%"))
	f.percent = bare != given
	if m := approximate.FindStringSubmatch(bare); m != nil {
		n, err := f.decimal(m[1] + m[2])
		return quoted("about "+n, err)
	}
	lower := strings.ToLower(bare)
	for _, c := range compared {
		if rest, ok := strings.CutPrefix(lower, c.words); ok {
			n, err := f.decimal(rest)
			return quoted(c.sign+n, err)
		}
	}
	if m := between.FindStringSubmatch(lower); m != nil {
		return f.between(m[1], m[2])
	}
	if inner, ok := strings.CutPrefix(bare, "("); ok && strings.HasSuffix(inner, ")") { // as accounts have it
		bare = "-" + strings.TrimSuffix(inner, ")")
	}
	if rest, ok := strings.CutPrefix(bare, "-"); ok {
		n, err := f.decimal(rest)
		return "-" + n, err
	}
	return f.decimal(bare)
}

// between reads the bounds of a number. A word for large numbers behind the second is of both.
func (f figure) between(low, high string) (string, error) {
	bare, zeroes := scaled(high)
	if _, own := scaled(low); zeroes > 0 && own == 0 {
		low += strings.TrimSpace(strings.TrimPrefix(high, bare))
	}
	first, err := f.decimal(low)
	if err != nil {
		return "", err
	}
	second, err := f.decimal(high)
	return quoted(first+".."+second, err)
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
	{"CA$", "CAD"},
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
			if rest, zeroes := scaled("1 " + f); zeroes > 0 && strings.TrimSpace(rest) == "1" {
				continue // a word such as MIO; SEK is none, though it ends as thousands may
			}
			if bare, ok := cutEither(given, f); ok && isCode(f) {
				rest, code = bare, f
			}
		}
	}
	switch {
	case strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "("):
		return "", fmt.Errorf("%q is less than nothing, which no amount is", given)
	case strings.Contains(rest, "-"):
		return "", fmt.Errorf("%q is not one amount; write one", given)
	case approximate.MatchString(given):
		return "", fmt.Errorf("%q is about an amount; write the amount alone", given)
	case code == "" && sign != "" && c.Currency != "" && !writtenWith(sign, c.Currency):
		return "", fmt.Errorf("%q is not of %s, which is not written with %s", given, c.Currency, sign)
	case code == "" && c.Currency != "":
		code = c.Currency
	case code == "" && sign != "":
		return "", fmt.Errorf("%q may be of several currencies; say which one %s is", given, sign)
	case code == "":
		return "", fmt.Errorf("%q has no currency; say which one it is", given)
	}
	n, err := figure{semicolons: c.Separator == ";"}.decimal(rest)
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

// writtenWith reports whether a currency may be written with a sign that several have.
func writtenWith(sign, code string) bool {
	yen := code == "JPY" || code == "CNY"
	if sign == "¥" {
		return yen
	}
	return !yen && code != "EUR" && code != "GBP" && code != "CHF" && code != "KRW" && code != "INR" && code != "RUB"
}
