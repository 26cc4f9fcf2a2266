package main

func Example() {
	main()
	// Output:
	// 2024-04-30 Ann
	// 2024-05-15 Ann or the shelf
	// 2024-05-31 the shelf
	// Ann had it 2024-03-04 to 2024-05, 58 to 88 days
	// timeline: lent to Cid on 2024-07-01: the book is out
}
