package main

func Example() {
	main()
	// Output:
	// 20 %
	// possible: t03-tychy-started (2024-06)
	// not recorded: current models (as recorded: no)
	// none or Tychy
	// 2024-06 to 2025-03, 244 to 303 days
}
