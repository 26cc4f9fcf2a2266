package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
)

// A canvas is SVG that is being written.
type canvas struct {
	bytes.Buffer
	prefix string // of the IDs of what is only referred to from within
}

// open writes a start tag, empty one without content, and text one that holds
// text. Attributes are given as names and values, one after the other; numbers
// are written with one decimal at most.
func (c *canvas) open(name string, as ...any) { c.tag(name, as, ">\n") }

func (c *canvas) empty(name string, as ...any) { c.tag(name, as, "/>\n") }

func (c *canvas) text(name, text string, as ...any) {
	c.tag(name, as, ">")
	_ = xml.EscapeText(c, []byte(text)) // a Buffer takes all
	c.close(name)
}

func (c *canvas) close(name string) {
	c.WriteString("</")
	c.WriteString(name)
	c.WriteString(">\n")
}

func (c *canvas) tag(name string, as []any, end string) {
	c.WriteByte('<')
	c.WriteString(name)
	for n := 0; n < len(as); n += 2 {
		c.WriteByte(' ')
		c.WriteString(as[n].(string))
		c.WriteString(`="`)
		_ = xml.EscapeText(c, []byte(attrText(as[n+1])))
		c.WriteByte('"')
	}
	c.WriteString(end)
}

func attrText(v any) string {
	switch v := v.(type) {
	case float64:
		return number(v)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// number writes a length with one decimal at most.
func number(v float64) string {
	v = math.Round(v*10) / 10
	if v == 0 {
		v = 0 // not -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// ref returns a reference to an element of this picture.
func (c *canvas) ref(id string) string { return "url(#" + c.prefix + id + ")" }

// link opens an anchor if there is somewhere to lead, and a group if not.
func (c *canvas) link(href string, as ...any) (closing string) {
	if href == "" {
		c.open("g", as...)
		return "g"
	}
	c.open("a", append([]any{"href", href}, as...)...)
	return "a"
}
