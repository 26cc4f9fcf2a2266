package value

import (
	"bytes"
	"encoding/json"
	"errors"
)

// StrictJSON decodes text, which must be one JSON value, and refuses fields that
// the Go value does not have.
func StrictJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if len(bytes.TrimSpace(text[d.InputOffset():])) > 0 {
		return errors.New("more than one JSON value")
	}
	return nil
}
