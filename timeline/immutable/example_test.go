package immutable_test

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

func ExampleTable() {
	var before immutable.Table[int]
	before = before.With("Zhu", 30).With("Fu", 20)
	after := before.With("Stellantis", 20).With("Zhu", 25)
	fmt.Println(before)
	fmt.Println(after, after.Len())
	// Output:
	// {Fu: 20, Zhu: 30}
	// {Fu: 20, Stellantis: 20, Zhu: 25} 3
}

func ExampleList() {
	models := immutable.ListOf("S01", "T03")
	fmt.Println(models.With("C11"), models)
	// Output: [S01 T03 C11] [S01 T03]
}

func ExampleNames() {
	fmt.Println(immutable.NamesOf("Tychy", "Jinhua", "Tychy"))
	// Output: Jinhua and Tychy
}
