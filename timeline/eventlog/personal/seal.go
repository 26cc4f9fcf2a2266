package personal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A Key is the secret of one subject: 32 random bytes.
type Key [32]byte

// Keys finds the keys of subjects. [Files] keeps them in a folder, [Memory] in memory; a
// service for keys can be another. It is safe for concurrent use.
type Keys interface {
	// Make returns the key of a subject, and makes one if it has none. When it returns, the
	// key is kept for good. The error matches [ErrErased] if it was destroyed.
	Make(subject string) (Key, error)
	// Find returns the key of a subject. The error matches [ErrErased] if it was destroyed,
	// and [ErrNoKey] if there never was one.
	Find(subject string) (Key, error)
}

// Has reports whether a JSON text may have personal data in it.
func Has(text []byte) bool {
	return bytes.Contains(text, []byte(`"`+member+`"`)) || bytes.Contains(text, []byte(`\u`)) && hasEscaped(text)
}

// hasEscaped reports whether a string of a JSON text is the name of the member, however it is written.
func hasEscaped(text []byte) bool {
	tokens := json.NewDecoder(bytes.NewReader(text))
	tokens.UseNumber() // any number is one
	for {
		token, err := tokens.Token()
		if err != nil {
			return false // it is no JSON, or its end
		}
		if token == member {
			return true
		}
	}
}

// Seal returns a JSON text with all [Data] in it sealed, each with the key of its subject: also
// what is in the value of another. The rest of the text stays as it is. The error matches
// [ErrErased] if the key of a subject was destroyed.
func Seal(text []byte, keys Keys) ([]byte, error) {
	return replace(text, func(f form) (form, error) {
		if f.Erased {
			return f, fmt.Errorf("%w: subject %q", ErrErased, f.Subject)
		}
		if len(f.Sealed) > 0 {
			return f, nil
		}
		key, err := keys.Make(f.Subject)
		if err != nil {
			return f, about(f.Subject, err)
		}
		if f.Value, err = Seal(f.Value, keys); err != nil {
			return f, err
		}
		sealed, err := key.seal(f.Subject, f.Value)
		return form{Subject: f.Subject, Sealed: sealed}, err
	})
}

// Open returns a JSON text with all that is sealed in it opened. What cannot be opened
// because the key was destroyed is erased. The error matches [ErrNoKey] or [ErrDamaged].
func Open(text []byte, keys Keys) ([]byte, error) {
	return replace(text, func(f form) (form, error) {
		if len(f.Sealed) == 0 {
			return f, nil
		}
		key, err := keys.Find(f.Subject)
		if errors.Is(err, ErrErased) {
			return form{Subject: f.Subject, Erased: true}, nil
		}
		if err != nil {
			return f, about(f.Subject, err)
		}
		open, err := key.open(f.Subject, f.Sealed)
		if err != nil {
			return f, about(f.Subject, err)
		}
		if open, err = Open(open, keys); err != nil {
			return f, err
		}
		return form{Subject: f.Subject, Value: open}, nil
	})
}

func about(subject string, err error) error { return fmt.Errorf("%w: subject %q", err, subject) }

// replace replaces the forms in a JSON text by others.
func replace(text []byte, by func(form) (form, error)) ([]byte, error) {
	if !Has(text) {
		return text, nil
	}
	var made []byte
	done := 0
	tokens := json.NewDecoder(bytes.NewReader(text))
	tokens.UseNumber()
	var inObject []bool // for each bracket that is open
	key := false        // a key comes next
	for {
		token, err := tokens.Token()
		if err == io.EOF {
			return append(made, text[done:]...), nil
		}
		if err != nil {
			return nil, fmt.Errorf("personal: %w", err)
		}
		if token == member && key {
			var raw json.RawMessage
			if err := tokens.Decode(&raw); err != nil {
				return nil, fmt.Errorf("personal: %w", err)
			}
			end := int(tokens.InputOffset())
			text1, err := replaced(raw, by)
			if err != nil {
				return nil, err
			}
			made = append(append(made, text[done:end-len(raw)]...), text1...)
			done = end
			continue
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			inObject = append(inObject, token == json.Delim('{'))
			key = token == json.Delim('{')
		case json.Delim('}'), json.Delim(']'):
			inObject = inObject[:len(inObject)-1]
			key = len(inObject) > 0 && inObject[len(inObject)-1]
		default:
			key = !key && len(inObject) > 0 && inObject[len(inObject)-1]
		}
	}
}

// replaced returns the text of what takes the place of the form in raw, which is raw if
// that is the same.
func replaced(raw []byte, by func(form) (form, error)) ([]byte, error) {
	f, err := parseForm(raw)
	if err != nil {
		return nil, err
	}
	g, err := by(f)
	if err != nil {
		return nil, err
	}
	if f.Erased == g.Erased && bytes.Equal(f.Sealed, g.Sealed) && bytes.Equal(f.Value, g.Value) {
		return raw, nil
	}
	return value.JSON(g)
}

// sealVersion is the first byte of what is sealed; behind it are the nonce and what
// AES-GCM makes of the value.
const sealVersion = 1

func (k Key) cipher() (cipher.AEAD, error) {
	secret, err := hkdf.Expand(sha256.New, k[:], "leapmotor/personal seal", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// nonce returns the nonce of a value, which follows from it: the same value is sealed alike.
func (k Key) nonce(subject string, plain []byte, size int) ([]byte, error) {
	secret, err := hkdf.Expand(sha256.New, k[:], "leapmotor/personal nonce", 32)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%d:%s", len(subject), subject)
	mac.Write(plain)
	return mac.Sum(nil)[:size], nil
}

func (k Key) seal(subject string, plain []byte) ([]byte, error) {
	aead, err := k.cipher()
	if err != nil {
		return nil, err
	}
	nonce, err := k.nonce(subject, plain, aead.NonceSize())
	if err != nil {
		return nil, err
	}
	sealed := append([]byte{sealVersion}, nonce...)
	return aead.Seal(sealed, nonce, plain, []byte(subject)), nil
}

func (k Key) open(subject string, sealed []byte) ([]byte, error) {
	aead, err := k.cipher()
	if err != nil {
		return nil, err
	}
	if len(sealed) < 1+aead.NonceSize() || sealed[0] != sealVersion {
		return nil, ErrDamaged
	}
	nonce, rest := sealed[1:1+aead.NonceSize()], sealed[1+aead.NonceSize():]
	plain, err := aead.Open(nil, nonce, rest, []byte(subject))
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}
