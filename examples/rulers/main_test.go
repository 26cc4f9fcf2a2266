package main

func Example() {
	main()
	// Output:
	// 0940-01-01 Gorm
	// 0958-12-31 Gorm or Harald
	// 0986-06-01 Harald or Sweyn
	// 0987-06-01 Sweyn or Harald
	// 1000-01-01 Sweyn
	// at the end of 986 Sweyn if it is Sweyn, by Wikipedia
	// at the end of 986 Harald if it is Sweyn, by the royal house
}
