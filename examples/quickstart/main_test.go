package main

func Example() {
	main()
	// Output:
	// 20 %
	// possible
	// none or Tychy
	// none
}
