package natslog

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/google/uuid"
)

// The subjects of a log; see the comment of the package.
func (l *Log) recordSubject(stream string) string { return l.options.Name + ".s." + escape(stream) }
func (l *Log) recordSubjects() string             { return l.options.Name + ".s.*" }
func (l *Log) claimSubjects() string              { return l.options.Name + ".i.*" }
func (l *Log) wakeSubject() string                { return l.options.Name + ".w" }

func (l *Log) claimSubject(id uuid.UUID) string {
	return l.options.Name + ".i." + base64.RawURLEncoding.EncodeToString(id[:])
}

// unescape returns the stream's name that a token of a subject stands for.
func unescape(token string) (string, error) {
	name, err := url.PathUnescape(strings.ReplaceAll(token, "=", "%"))
	if err == nil && escape(name) != token {
		err = errAlien
	}
	return name, err
}

// escape returns a stream's name as a token of a subject.
func escape(stream string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(stream) {
		switch c := stream[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_':
			b.WriteByte(c)
		default:
			b.WriteByte('=')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
	return b.String()
}
