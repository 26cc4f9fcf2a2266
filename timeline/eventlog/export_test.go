package eventlog

// The two ways to read a record, which must agree.
var ParseCanonical = parseCanonical

// UnmarshalAny reads any form of a record.
func UnmarshalAny(text []byte) (r Record, err error) {
	err = r.unmarshalAny(text)
	return r, err
}
