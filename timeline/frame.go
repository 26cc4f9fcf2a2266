package timeline

type frames[S any] struct{}

func (f *frames[S]) shrink(by int64) int64 { return 0 }
func (f *frames[S]) bytes() int64          { return 0 }
