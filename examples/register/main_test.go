package main

func Example() {
	main()
	// Output:
	// 2021-05-31  were: Ada, Ben, Cleo  the register showed: Ada, Ben
	// 2021-07-01  were: Ada, Ben, Cleo  the register showed: Ada
	// 2021-09-15  were: Ada, Cleo       the register showed: Ada, Cleo
}
