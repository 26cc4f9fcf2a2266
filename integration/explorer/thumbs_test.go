package explorer_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shrink is how many pixels of a screenshot, across and down, make one of the
// small picture that is kept of it: so many that letters are a shade of grey and
// it does not matter which fonts there are.
const shrink = 12

// small returns a picture with each square of pixels as one of their mean.
func small(picture image.Image) *image.RGBA {
	b := picture.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/shrink, b.Dy()/shrink))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]uint32
			for n := range shrink * shrink {
				r, g, bl, _ := picture.At(b.Min.X+x*shrink+n%shrink, b.Min.Y+y*shrink+n/shrink).RGBA()
				sum[0], sum[1], sum[2] = sum[0]+r>>8, sum[1]+g>>8, sum[2]+bl>>8
			}
			const n = shrink * shrink
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255})
		}
	}
	return out
}

// How much pictures may differ: on the whole, as a part of the way from black to
// white, and how many of their points by more than an eighth of it.
const (
	maxMean = 0.05
	maxFar  = 0.16
)

// looksLike compares a screenshot with the small picture that is kept.
func looksLike(t *testing.T, name string, shot []byte) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(shot))
	require.NoError(t, err)
	got := small(picture)
	path := filepath.Join("testdata", name+".png")
	if *update {
		var b bytes.Buffer
		require.NoError(t, png.Encode(&b, got))
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o644))
		return
	}
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	want, err := png.Decode(f)
	require.NoError(t, err)
	require.Equal(t, want.Bounds(), got.Bounds())
	mean, far := differ(want, got)
	assert.Less(t, mean, maxMean, "%s looks different on the whole", name)
	assert.Less(t, far, maxFar, "%s looks different in places", name)
}

// differ returns how much two pictures of one size differ on the whole, and how
// many of their points do by much.
func differ(a, b image.Image) (mean, far float64) {
	points := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			d := (apart(r1, r2) + apart(g1, g2) + apart(b1, b2)) / 3
			mean += d
			if d > 1./8 {
				far++
			}
			points++
		}
	}
	return mean / float64(points), far / float64(points)
}

func apart(a, b uint32) float64 {
	if a > b {
		a, b = b, a
	}
	return float64(b-a) / 0xffff
}
