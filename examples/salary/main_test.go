package main

func Example() {
	main()
	// Output:
	// due for February:          4500
	// as paid on 29 February:    4000
	// to be paid on top in March: 1000
}
