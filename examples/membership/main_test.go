package main

func Example() {
	main()
	// Output:
	// 2009-06-05 GM: certain  Tesla: no
	// 2010-01-04 GM: no  Tesla: no
	// 2013-06-07 GM: certain  Tesla: no
	// 2020-12-18 GM: certain  Tesla: no
	// 2020-12-21 GM: certain  Tesla: certain
	// GM was in [..1957] to 2009-06-08, at least 18787 days
	// GM was in since 2013-06-07
	// Tesla joined 2020-12-21
	// known on 10 November, by Christmas: no
	// known on 17 November, by Christmas: certain
}
