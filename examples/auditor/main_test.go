package main

func Example() {
	main()
	// Output:
	// records under the checkpoint: 2
	// proved: invoice 2 {"amount":"EUR 200"}
	// the same books: false true
}
