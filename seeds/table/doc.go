// Package table makes a history of a table, such as a spreadsheet saves as CSV.
//
// A [Mapping] says what the columns are: which of them has the date, which type of event a
// row is, and which fields of its data the cells are. Its texts name columns in braces, as
// {price}. What stands between brackets is left out where a cell in it tells nothing:
//
//	buys {bought}[ for {price}]
//
// [Read] returns the history as a [seeds.HistoryForm], which [seeds.HistoryForm.Write] writes
// as a history file. A table with faults is refused whole. The error, a [seeds.Faults], lists
// every one with its line and column in the file, the title of the column and the reason.
//
// # Cells
//
// Dates are read as people write them, by [edtf.Reading]: 15/04/2002, April 2002, Q2 2002. What has
// two meanings, such as 1/06/1997, is refused until [Cells].Dates says what comes first.
// Amounts may have a currency before or behind them, commas, and words such as million. A
// sign that several currencies have, $ or ¥, needs [Cells].Currency.
//
// Spreadsheets spoil dates, and that is not guessed at but refused with what to say:
//
//   - 28/06/1905 is how one shows the year 2006 in a column of days, since that is its day
//     2006; see [Cells].YearsAsDays;
//   - 45292 is how one saves 1 January 2024 in a column of numbers; see [Cells].DayNumbers.
//
// # Identity
//
// An event has a slug by which others name it: what it says, in small letters, digits and
// hyphens, or what [Event].Slug says. Of equal ones the second gets -2, and so on down the table,
// so that a row that is added at the end leaves the others as they were.
package table
