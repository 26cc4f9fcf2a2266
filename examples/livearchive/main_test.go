package main

func Example() {
	main()
	// Output:
	// 2024-06-03 van 1 Lyon
	// 2024-06-03 van 2 Nice
	// 2024-06-10 van 1 Milan
	// 2024-06-10 van 2 Turin
	// van 1 went from Lyon to Milan
	// van 2 went from Nice to Turin
}
