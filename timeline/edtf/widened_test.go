package edtf_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestWidened(t *testing.T) {
	for text, want := range map[string]string{
		"2015~": "[2014~..2016~]", "2015%": "[2014%..2016%]", "2017-03~": "[2017-02~..2017-04~]", "2017-12~": "[2017-11~..2018-01~]", "2018-03-01~": "[2018-02-28~..2018-03-02~]",
		"201X~": "[200X~..202X~]", "19XX~": "[18XX~..20XX~]", "2019-33~": "[2018-36~..2019-34~]", "2019-24~": "[2019-23~..2020-21~]", "2019-31~": "[2018-30~..2019-32~]",
		"2019-30~": "[2019-29~..2020-31~]", "2019-40~": "[2018-41~..2019-41~]", "2019-39~": "[2019-38~..2020-37~]", "-0043~": "[-0044~..-0042~]", "0000~": "[-0001~..0001~]",
		"[2015~,2019]": "[2014~..2016~,2019]", "[2015~..2019]": "[2014~..2019]", "[..2019~]": "[..2020~]", "{2015,2019~}": "{2015,2018~..2020~}",
		"2015": "2015", "2015?": "2015?", "2015~/2018": "2015~/2018", "9999~": "9999~", "156X-12-25~": "156X-12-25~", "Y12018~": "Y12018~", "1950S2~": "1950S2~", "000X~": "000X~", "": "",
	} {
		var d edtf.Date
		require.NoError(t, d.UnmarshalText([]byte(text)))
		assert.Equal(t, want, d.Widened().String(), text)
		again, err := edtf.Parse(want)
		if want != "" {
			require.NoError(t, err, want)
			assert.Equal(t, again, d.Widened())
		}
	}
	assert.Equal(t, "between about 2014 and about 2016", edtf.MustParse("2015~").Widened().English())
}

// What is widened has the days that there were, and about as many before and after them.
func TestWidenedLaw(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	widened := 0
	for range 2000 {
		d, err := edtf.Parse(randomWindow(r))
		if err != nil {
			continue
		}
		w := d.Widened()
		if w == d {
			continue
		}
		widened++
		require.True(t, d.Approximate() && w.Approximate(), d.String())
		first, last := d.Bounds()
		wide, wideLast := w.Bounds()
		length := last - first + 1
		for _, more := range []edtf.Day{first - wide, wideLast - last} {
			require.InDelta(t, int(length), int(more), float64(length)/10+3, fmt.Sprint(d, " and ", w))
		}
	}
	assert.Greater(t, widened, 100)
}
