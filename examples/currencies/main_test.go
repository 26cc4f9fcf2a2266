package main

func Example() {
	main()
	// Output:
	// 2001-12-31 Irish pound, franc, guilder, mark
	// 2002-01-28 Irish pound, euro, franc, guilder, mark
	// 2002-01-29 Irish pound, euro, franc, mark
	// 2002-02-10 euro, franc, mark
	// 2002-03-01 euro
	// marks on 28 February 2002: certain
}
