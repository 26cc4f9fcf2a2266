package main

func Example() {
	main()
	// Output:
	// 21.26 %
	// possible: t03-tychy-trial (2024-06)
	// not recorded: current models of models/C10 (as recorded: no)
	// none or Tychy
	// 2024-06 to 2025-03-30, 273 to 302 days
}
