package personal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/personal"
)

type hired struct {
	Job  string
	Name personal.Data[string]
	Also []personal.Data[map[string]int]
}

// fixedKeys has a key for every subject that never changes.
type fixedKeys struct{}

func (fixedKeys) Make(subject string) (personal.Key, error) { return fixedKeys{}.Find(subject) }

func (fixedKeys) Find(subject string) (k personal.Key, err error) {
	copy(k[:], strings.Repeat(subject+"!", 32))
	return k, nil
}

// The sealed form is stored: what it is now must be opened for ever.
func TestSealedFormIsFrozen(t *testing.T) {
	const open = `{"Job":"welder","Name":{"$personal":{"subject":"e-17","value":"Anna <Smith>"}},"n":[1.50,{"$personal":{"subject":"é","value":{"a":[1,null]}}}]}`
	sealed, err := personal.Seal([]byte(open), fixedKeys{})
	require.NoError(t, err)
	golden, err := os.ReadFile("testdata/sealed.golden")
	require.NoError(t, err)
	require.Equal(t, string(golden), string(sealed)+"\n")
	again, err := personal.Open(sealed, fixedKeys{})
	require.NoError(t, err)
	require.Equal(t, open, string(again))
}

// What is sealed is what comes back, until the key is destroyed; then it is erased, and what
// belongs to others is not. Nothing of it is in the sealed text, and the text stays as it is.
func TestSealLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var keys personal.Memory
		subject := rapid.SampledFrom([]string{"a", "b", "<&>\u2028\""})
		p := hired{Job: rapid.String().Draw(t, "job"), Name: personal.Data[string]{Subject: subject.Draw(t, "whose"), Value: "secret" + rapid.String().Draw(t, "value")}}
		for range rapid.IntRange(0, 3).Draw(t, "more") {
			p.Also = append(p.Also, personal.Data[map[string]int]{Subject: subject.Draw(t, "whose"), Value: map[string]int{"secret" + rapid.String().Draw(t, "key"): rapid.Int().Draw(t, "n")}})
		}
		text, err := json.Marshal(p)
		require.NoError(t, err)
		require.True(t, personal.Has(text))
		sealed, err := personal.Seal(text, &keys)
		require.NoError(t, err)
		require.NotContains(t, string(sealed), "secret")
		repeated, err := personal.Seal(text, &keys)
		require.NoError(t, err)
		require.Equal(t, string(sealed), string(repeated), "an append can be repeated")
		twice, err := personal.Seal(sealed, &keys)
		require.NoError(t, err)
		require.Equal(t, string(sealed), string(twice))
		require.ErrorIs(t, json.Unmarshal(sealed, new(hired)), personal.ErrSealed)
		require.Equal(t, p, opened(t, sealed, &keys))

		gone := subject.Draw(t, "erased")
		keys.Destroy(gone)
		want := p
		want.Also = nil
		erased := want.Name.Subject == gone
		if erased {
			want.Name = personal.Data[string]{Subject: gone, Erased: true}
		}
		for _, d := range p.Also {
			if d.Subject == gone {
				d, erased = personal.Data[map[string]int]{Subject: gone, Erased: true}, true
			}
			want.Also = append(want.Also, d)
		}
		require.Equal(t, want, opened(t, sealed, &keys))
		if _, err = personal.Seal(text, &keys); erased {
			require.ErrorIs(t, err, personal.ErrErased, "nothing more is sealed for it")
		} else {
			require.NoError(t, err)
		}
		var none personal.Memory
		_, err = personal.Open(sealed, &none)
		require.ErrorIs(t, err, personal.ErrNoKey, "keys that are not there are no erased data")
		_, err = personal.Open(sealed, fixedKeys{})
		require.ErrorIs(t, err, personal.ErrDamaged)
	})
}

func opened(t require.TestingT, sealed []byte, keys personal.Keys) (p hired) {
	text, err := personal.Open(sealed, keys)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &p))
	return p
}

// A byte that is changed is noticed, as is data that is given to another subject.
func TestSealedIsAuthentic(t *testing.T) {
	sealed, err := personal.Seal([]byte(`{"$personal":{"subject":"a","value":"Anna"}}`), fixedKeys{})
	require.NoError(t, err)
	var form struct {
		Personal struct {
			Subject string `json:"subject"`
			Sealed  []byte `json:"sealed"`
		} `json:"$personal"`
	}
	require.NoError(t, json.Unmarshal(sealed, &form))
	for i := range form.Personal.Sealed {
		changed := bytes.Clone(form.Personal.Sealed)
		changed[i] ^= 4
		text := fmt.Appendf(nil, `{"$personal":{"subject":"a","sealed":%s}}`, must(json.Marshal(changed)))
		_, err := personal.Open(text, fixedKeys{})
		require.ErrorIs(t, err, personal.ErrDamaged, "byte %d", i)
	}
	_, err = personal.Open(bytes.Replace(sealed, []byte(`"a"`), []byte(`"a!a"`), 1), fixedKeys{}) // whose key begins alike
	require.ErrorIs(t, err, personal.ErrDamaged)
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestHasFindsEveryName(t *testing.T) {
	for text, has := range map[string]bool{
		`{"a":{"$personal":{"subject":"a","value":"clear"}}}`:          true,
		`{"a":{"\u0024personal":{"subject":"a","value":"clear"}}}`:     true,
		`{"a":[1e999,{"$pers\u006fnal":{"subject":"a","value":"b"}}]}`: true,
		`{"a":"\u003cb\u003e","b":"personal","$personally":"\u0024"}`:  false,
		`{"a":"\\u0024personal"}`:                                      false,
		`{"\u0024personal`:                                             false,
	} {
		assert.Equal(t, has, personal.Has([]byte(text)), text)
	}
}

func TestDataForms(t *testing.T) {
	for text, want := range map[string]string{
		`"Anna"`:                        "cannot unmarshal string",
		`{}`:                            `an object with the one member "$personal" is expected`,
		`{"$personal":{}}`:              "data without a subject",
		`{"$personal":null}`:            "data without a subject",
		`{"$personal":{"subject":"a"}}`: "one of",
		`{"$personal":{"subject":"a","value":"A","erased":true}}`:       "one of",
		`{"$personal":{"subject":"a","value":"A"},"more":1}`:            "one member",
		`{"$personal":{"subject":"a","value":1}}`:                       "cannot unmarshal number",
		`{"$personal":{"subject":"a","value":"A","colour":"red"}}`:      "unknown field",
		`{"$personal":{"subject":"a","sealed":"AQ=="}}`:                 "sealed",
		`{"$personal":{"subject":"a","value":"A"},"$personal":{"a":1}}`: "unknown field",
	} {
		var d personal.Data[string]
		require.ErrorContains(t, json.Unmarshal([]byte(text), &d), want, text)
		assert.Zero(t, d)
	}
	_, err := json.Marshal(personal.Data[string]{Value: "nobody's"})
	require.ErrorContains(t, err, "data without a subject")
	erased := personal.Data[string]{Subject: "a", Value: "left behind", Erased: true}
	assert.Equal(t, `{"$personal":{"subject":"a","erased":true}}`, string(must(json.Marshal(erased))))
	for _, text := range []string{`{"$personal":{"subject":"a"`, `{"a":["$personal",{]}`, `{"$personal":{"subject":"a","value":"A"},}`} {
		_, err := personal.Seal([]byte(text), fixedKeys{})
		require.Error(t, err, text)
	}
	same := `["$personal",{"a":"$personal","b":1e400}]`
	got, err := personal.Seal([]byte(same), fixedKeys{})
	require.NoError(t, err)
	assert.Equal(t, same, string(got), "where it is no name it is nothing")
}

// A key is the same for all who make it at once, is there for the next program, and once it
// is destroyed by one of them it is for all.
func TestFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "keys")
	a, err := personal.OpenFiles(folder)
	require.NoError(t, err)
	_, err = a.Find("e-17")
	require.ErrorIs(t, err, personal.ErrNoKey)
	var group sync.WaitGroup
	made := make([]personal.Key, 8)
	for i := range made {
		group.Add(1)
		go func() {
			defer group.Done()
			f, err := personal.OpenFiles(folder)
			assert.NoError(t, err)
			made[i], err = f.Make("e-17")
			assert.NoError(t, err)
		}()
	}
	group.Wait()
	for _, key := range made {
		require.Equal(t, made[0], key)
	}
	require.NotZero(t, made[0])
	other, err := a.Make("../../e-18")
	require.NoError(t, err)
	require.NotEqual(t, made[0], other)
	found, err := a.Find("e-17")
	require.NoError(t, err)
	require.Equal(t, made[0], found)

	b, err := personal.OpenFiles(folder)
	require.NoError(t, err)
	require.NoError(t, b.Destroy("e-17"))
	require.NoError(t, b.Destroy("e-17"), "again")
	require.NoError(t, b.Destroy("never there"))
	for _, f := range []*personal.Files{a, b} {
		for _, subject := range []string{"e-17", "never there"} {
			_, err = f.Find(subject)
			require.ErrorIs(t, err, personal.ErrErased)
			_, err = f.Make(subject)
			require.ErrorIs(t, err, personal.ErrErased)
		}
		found, err := f.Find("../../e-18")
		require.NoError(t, err)
		require.Equal(t, other, found)
	}
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 3, "and nothing else is left")
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(folder, file.Name()))
		require.NoError(t, err)
		encoded := string(must(json.Marshal(made[0][:])))
		require.NotContains(t, string(text), encoded[1:10])
		info, err := file.Info()
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, "only its owner may read it")
	}
	_, err = a.Make("")
	require.Error(t, err)
	require.Error(t, a.Destroy(""))
}

// What is not a key is an error, and neither missing nor erased. It can be destroyed.
func TestDamagedKeyFile(t *testing.T) {
	folder := t.TempDir()
	f, err := personal.OpenFiles(folder)
	require.NoError(t, err)
	_, err = f.Make("e-17")
	require.NoError(t, err)
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, text := range []string{"", "{", `{"subject":"e-18","erased":true}`, `{"subject":"e-17","key":"AAAA"}`, `{"subject":"e-17"}`} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, files[0].Name()), []byte(text), 0o600))
		_, err = f.Find("e-17")
		require.ErrorContains(t, err, "the key file")
		require.False(t, errors.Is(err, personal.ErrErased) || errors.Is(err, personal.ErrNoKey))
		_, err = f.Make("e-17")
		require.ErrorContains(t, err, "the key file")
	}
	require.NoError(t, f.Destroy("e-17"))
	_, err = f.Find("e-17")
	require.ErrorIs(t, err, personal.ErrErased)
}

// A program that is killed while it makes keys leaves whole keys behind, or none: what it
// said it made is there.
func TestFilesKill9(t *testing.T) {
	if folder := os.Getenv("PERSONAL_KEYS"); folder != "" {
		f, err := personal.OpenFiles(folder)
		require.NoError(t, err)
		for n := 0; ; n++ {
			key, err := f.Make(fmt.Sprint(n))
			require.NoError(t, err)
			fmt.Printf("made %d %x\n", n, key)
		}
	}
	if testing.Short() {
		t.Skip("kills programs")
	}
	for round := range 5 {
		folder := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run=^TestFilesKill9$")
		cmd.Env = append(os.Environ(), "PERSONAL_KEYS="+folder)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		made := map[string]string{}
		for range 20 + 7*round {
			var n int
			var key string
			_, err := fmt.Fscanf(out, "made %d %s\n", &n, &key)
			require.NoError(t, err)
			made[fmt.Sprint(n)] = key
		}
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()
		f, err := personal.OpenFiles(folder)
		require.NoError(t, err)
		for subject, key := range made {
			found, err := f.Find(subject)
			require.NoError(t, err)
			require.Equal(t, key, fmt.Sprintf("%x", found))
		}
		_, err = f.Make(fmt.Sprint(len(made)))
		require.NoError(t, err, "the one that it was at")
	}
}

// FuzzSeal holds that no text panics, and that what is sealed opens to the same.
func FuzzSeal(f *testing.F) {
	f.Add([]byte(`{"a":{"$personal":{"subject":"x","value":[1,{"$personal":{"subject":"y","value":2}}]}},"b":[{}]}`))
	f.Add([]byte(`{"$personal":{"subject":"x","sealed":"AQID"}}`))
	f.Add([]byte(`["$personal", {"$personal" : {"subject":"x","erased":true}}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, _ = personal.Open(text, fixedKeys{})
		_ = json.Unmarshal(text, new(personal.Data[any]))
		sealed, err := personal.Seal(text, fixedKeys{})
		if err != nil || !json.Valid(text) {
			return
		}
		require.True(t, json.Valid(sealed))
		again, err := personal.Open(sealed, fixedKeys{})
		if err != nil {
			require.ErrorIs(t, err, personal.ErrDamaged, "it was there already")
			return
		}
		twice, err := personal.Seal(again, fixedKeys{})
		require.NoError(t, err)
		require.Equal(t, string(sealed), string(twice))
	})
}

// What is personal in the data of another is sealed for its own subject, and erased with that.
func TestNestedData(t *testing.T) {
	type person struct {
		Name   string
		Spouse personal.Data[string]
	}
	var keys personal.Memory
	text, err := json.Marshal(personal.Data[person]{Subject: "e-1", Value: person{"Anna", personal.Data[string]{Subject: "e-2", Value: "Bob"}}})
	require.NoError(t, err)
	sealed, err := personal.Seal(text, &keys)
	require.NoError(t, err)
	open, err := personal.Open(sealed, &keys)
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(open))
	keys.Destroy("e-2")
	open, err = personal.Open(sealed, &keys)
	require.NoError(t, err)
	var read personal.Data[person]
	require.NoError(t, json.Unmarshal(open, &read))
	assert.Equal(t, "Anna", read.Value.Name)
	assert.Equal(t, personal.Data[string]{Subject: "e-2", Erased: true}, read.Value.Spouse)
}

// Subjects that JSON cannot tell apart have no keys.
func TestSubjectsAreText(t *testing.T) {
	_, err := json.Marshal(personal.Data[string]{Subject: "M\xfcller", Value: "secret"})
	require.Error(t, err)
	folder := t.TempDir()
	files, err := personal.OpenFiles(folder)
	require.NoError(t, err)
	_, err = files.Make("M\xfcller")
	require.Error(t, err)
	require.Error(t, files.Destroy("M\xfcller"))
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, entries)
}
