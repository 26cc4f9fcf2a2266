module github.com/leapmotor-timeline/leapmotor/integration

go 1.24.0

require (
	github.com/evanphx/json-patch/v5 v5.9.11
	github.com/invopop/jsonschema v0.14.0
	github.com/leapmotor-timeline/leapmotor v0.0.0
	github.com/pb33f/ordered-map/v2 v2.3.1
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/bahlo/generic-list-go v0.2.0 // indirect
	github.com/buger/jsonparser v1.1.2 // indirect
	github.com/google/uuid v1.6.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	go.yaml.in/yaml/v4 v4.0.0-rc.2 // indirect
	golang.org/x/exp v0.0.0-20250106191152-7588d65b2ba8 // indirect
	golang.org/x/text v0.14.0 // indirect
)

replace github.com/leapmotor-timeline/leapmotor => ..
