// Package bods reads and writes statements of the Beneficial Ownership Data Standard (BODS),
// version 0.4: who owns or controls a company, from when to when, and when that was declared.
//
// # In
//
// [Read] makes a history of the statements about one company, as a [seeds.HistoryForm], and lists
// what it leaves out. Statements are a JSON array, or one to a line.
//
//	shareholding, direct or not said          stake.closed, with voting rights of the same time
//	shareholding of the company in another   subsidiary.acquired, subsidiary.sold
//	other interests, and indirect ones       fact.began, fact.ended of the holder
//	the chair of the board                   office.taken, office.left
//	the company's own record                 company.founded, company.renamed, company.moved, company.dissolved, company.listed
//
// Of the dates of a statement, startDate and endDate are when an interest began and was over.
// It became known on the statementDate, on which it was declared, or if [Options].Published says so
// on the publicationDate. An interest without a startDate began some day by the statementDate, and
// not before the one of the statement that it updates.
//
// If two holders share a name, the ID of the record stands behind it. A second holding of a holder at the same time, in the same
// relationship or another, is a stake of its own ("Ada, holding 2"): holdings are not added up.
//
// Statements of one record follow each other. A later one corrects the one before if only the share
// or only the startDate differs. Without a startDate, another share means that it changed some day
// between the two. An interest that is no longer stated, or whose record is closed, ended some day
// between the two.
//
// # Out
//
// [Write] writes the owners of a company: for each day on which something became known of a stake, a
// statement of the record of that holder. So what was known when is in the statements, too. A date
// that is not one day has no form there: within a month it is the first day of it, as the
// standard allows, and else left out; an annotation has it in EDTF, which Read reads.
package bods
