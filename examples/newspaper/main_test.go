package main

func Example() {
	main()
	// Output:
	// the stake of Dahua Technology at the end of November 2023
	//   the paper: 8.89 %
	//   today:     0 %
	// what of that day was learned later, of its owners:
	//   /stakes/Dahua Technology/percent: 8.89, now 0, learned by dahua-sells
}
