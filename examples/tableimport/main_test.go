package main

func Example() {
	main()
	// Output:
	// offices.csv:2:11: From: "3/4/2019": at offset 0: a date in figures has two meanings, 4 March 2019 and 3 April 2019: write 2019-04-03
	// 2020-06-30 chair: Ada
	// 2020-06-30 undecided: cleo-becomes-treasurer 2020
	// 2021-12-30 chair: Ada
	// 2021-12-30 treasurer: vacant since between May and August 2021
	// 2022-01-15 chair: vacant since 31 December 2021
	// 2022-01-15 treasurer: vacant since between May and August 2021
	// 2022-01-15 undecided: ben-becomes-chair 2022-01
}
