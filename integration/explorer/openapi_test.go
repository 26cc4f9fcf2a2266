package explorer_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// TestOpenAPI holds the document of the API against what the server answers:
// the document is sound, each answer to each kind of question has the form that
// it says, and so have refusals.
func TestOpenAPI(t *testing.T) {
	root := serve(t, theArticle)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(root + "/api/openapi.json")
	require.NoError(t, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	doc, err := openapi3.NewLoader().LoadFromData(text)
	require.NoError(t, err)
	require.NoError(t, doc.Validate(context.Background()))
	router, err := gorillamux.NewRouter(doc)
	require.NoError(t, err)

	ask := func(path string, query url.Values, wantStatus int) {
		t.Helper()
		address := root + path + "?" + query.Encode()
		request, err := http.NewRequest(http.MethodGet, address, nil)
		require.NoError(t, err)
		response, err := client.Do(request)
		require.NoError(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.Equal(t, wantStatus, response.StatusCode, "%s: %s", address, body)
		route, params, err := router.FindRoute(request)
		require.NoError(t, err, address)
		input := &openapi3filter.RequestValidationInput{Request: request, Route: route, PathParams: params}
		if wantStatus == http.StatusOK {
			require.NoError(t, openapi3filter.ValidateRequest(context.Background(), input), address)
		}
		err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: input, Status: response.StatusCode, Header: response.Header,
			Body: io.NopCloser(bytes.NewReader(body)), Options: &openapi3filter.Options{IncludeResponseStatus: true},
		})
		require.NoError(t, err, address)
	}
	asked := 0
	for path, item := range doc.Paths.Map() {
		operation := item.Get
		require.NotNil(t, operation, path)
		// The examples of the parameters, with all of them and with the needed ones.
		all, needed := url.Values{}, url.Values{}
		for _, p := range operation.Parameters {
			value := fmt.Sprint(p.Value.Example)
			all.Set(p.Value.Name, value)
			if p.Value.Required {
				needed.Set(p.Value.Name, value)
			}
		}
		ask(path, all, http.StatusOK)
		ask(path, needed, http.StatusOK)
		for _, p := range operation.Parameters {
			bad := url.Values{p.Value.Name: {fmt.Sprint(p.Value.Example), "twice"}}
			ask(path, bad, http.StatusBadRequest)
			if p.Value.Required {
				ask(path, url.Values{}, http.StatusBadRequest)
			}
			asked += 2
		}
		ask(path, url.Values{"unheard-of": {"1"}}, http.StatusBadRequest)
		if all.Has("on") {
			ask(path, merge(needed, "on", "yesterday"), http.StatusBadRequest)
		}
		for _, on := range []string{"1999", "2017-11-15", "2024-06-15", "2024-11-15", "2025-03-15", "2030", "July 2024"} {
			for _, known := range []string{"", "2024-05-31", "2025"} {
				query := merge(needed, "known", known)
				switch {
				case all.Has("on"):
					query = merge(query, "on", on)
				case all.Has("to"):
					query = merge(query, "to", on)
					query.Set("from", "1999")
				}
				ask(path, query, http.StatusOK)
				asked++
			}
		}
	}
	for _, pointer := range []string{
		"/models/S01/firstShown/as", "/plans/yearly-model/window", "/markets/Europe", "/plants/Tychy", "/plants", "/company", "/plans/b10-poland/status", "/models/Nobody/status",
	} {
		ask("/api/why", url.Values{"path": {pointer}, "on": {"2024-07-01"}, "known": {"2024-05-31"}}, http.StatusOK)
		ask("/api/why", url.Values{"path": {pointer}, "on": {"2024-11-15"}}, http.StatusOK)
		ask("/api/when", url.Values{"path": {pointer}}, http.StatusOK)
	}
	ask("/api/why", url.Values{"path": {"/models/T03/nonsense"}}, http.StatusBadRequest)
	ask("/api/diff", url.Values{"from": {"2024-07-01"}, "to": {"2024-01-01"}}, http.StatusBadRequest)
	assert.Greater(t, asked, 100)

	root = serve(t, answer.Place{Log: "../../internal/terminal/testdata/recorded.jsonl"}) // whose events say who recorded them
	for path, more := range map[string]url.Values{
		"/api/asof": {}, "/api/events": {}, "/api/why": {"path": {"/models/three"}}, "/api/when": {"path": {"/models/three"}},
		"/api/diff": {"from": {"2020-12-31"}, "to": {"2023-01-01"}},
	} {
		ask(path, more, http.StatusOK)
	}
	assert.Len(t, doc.Paths.Map(), 5)
}

// merge returns query with a value, or without one that is empty.
func merge(query url.Values, name, value string) url.Values {
	merged := url.Values{}
	for n, v := range query {
		merged[n] = v
	}
	if merged.Del(name); value != "" {
		merged.Set(name, value)
	}
	return merged
}
