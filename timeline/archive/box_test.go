package archive_test

import (
	"github.com/leapmotor-timeline/leapmotor/internal/testbox"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

type (
	box = testbox.Box
	op  = testbox.Op
)

var (
	foldBox     = testbox.Fold
	event       = testbox.Event
	manyEvents  = testbox.Daily
	id          = testbox.ID
	show        = testbox.Show
	drawHistory = testbox.DrawHistory

	day = edtf.MustDay
)
