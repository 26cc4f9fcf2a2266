// Mutate changes one place of a package at a time and runs tests, which should
// then fail. A change that no test notices is a fault that they would let through,
// or code that does nothing.
//
//	go run ./mutate [-n 40] [-seed 1] [-dir ..] PACKAGE [TEST-PACKAGE ...]
//
// run in the folder tools, tries n places of PACKAGE, picked by the seed, and
// prints which changes survived. The tests are those of PACKAGE and of the other
// packages named. Files are not touched: the go command is given an overlay.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	n := flag.Int("n", 40, "how many places are tried")
	seed := flag.Uint64("seed", 1, "picks the places")
	dir := flag.String("dir", "..", "the folder of the module")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*dir, flag.Args(), *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(dir string, packages []string, n int, seed uint64) error {
	sites, err := sitesOf(filepath.Join(dir, packages[0]))
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(sites), func(i, j int) { sites[i], sites[j] = sites[j], sites[i] })
	sites = sites[:min(n, len(sites))]
	survived := 0
	for i, s := range sites {
		outcome, err := s.test(dir, packages)
		if err != nil {
			return err
		}
		if outcome == "survived" {
			survived++
		}
		fmt.Printf("%d/%d %-9s %s\n", i+1, len(sites), outcome, s)
	}
	fmt.Printf("%d of %d changes survived\n", survived, len(sites))
	return nil
}

// A site is a place that can be changed.
type site struct {
	file   string
	at     token.Position
	what   string
	change func() (undo func())
	fset   *token.FileSet
	syntax *ast.File
}

func (s site) String() string {
	return fmt.Sprintf("%s:%d:%d %s", filepath.Base(s.file), s.at.Line, s.at.Column, s.what)
}

// sitesOf returns the places of a package that can be changed.
func sitesOf(dir string) ([]site, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var sites []site
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		ast.Inspect(syntax, func(node ast.Node) bool {
			if what, change := changeOf(node); change != nil {
				sites = append(sites, site{file, fset.Position(placeOf(node)), what, change, fset, syntax})
			}
			return true
		})
	}
	return sites, nil
}

// placeOf returns where node is; of an operation, where its operator is.
func placeOf(node ast.Node) token.Pos {
	if b, ok := node.(*ast.BinaryExpr); ok {
		return b.OpPos
	}
	return node.Pos()
}

// other is the operator that each is changed to.
var other = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LAND: token.LOR, token.LOR: token.LAND,
	token.ADD: token.SUB, token.SUB: token.ADD,
}

// changeOf returns how a node can be changed, or nil if it cannot.
func changeOf(node ast.Node) (what string, change func() func()) {
	switch x := node.(type) {
	case *ast.BinaryExpr:
		to, ok := other[x.Op]
		if !ok || isText(x.X) || isText(x.Y) {
			return "", nil
		}
		from := x.Op
		return fmt.Sprintf("%s to %s", from, to), func() func() {
			x.Op = to
			return func() { x.Op = from }
		}
	case *ast.IfStmt:
		from := x.Cond
		return "if to never", func() func() {
			x.Cond = &ast.BinaryExpr{X: &ast.ParenExpr{X: from}, Op: token.LAND, Y: ast.NewIdent("false")}
			return func() { x.Cond = from }
		}
	case *ast.BranchStmt:
		if x.Tok == token.CONTINUE && x.Label == nil {
			return "continue to break", func() func() {
				x.Tok = token.BREAK
				return func() { x.Tok = token.CONTINUE }
			}
		}
	}
	return "", nil
}

// isText reports whether an expression is a string literal, which cannot be
// subtracted.
func isText(x ast.Expr) bool {
	l, ok := x.(*ast.BasicLit)
	return ok && l.Kind == token.STRING
}

// timeout is how long tests may run: a change can make them go on for ever.
const timeout = 3 * time.Minute

// test runs the tests with the change, and returns killed, survived, or invalid
// if it does not compile.
func (s site) test(dir string, packages []string) (string, error) {
	undo := s.change()
	var b bytes.Buffer
	err := format.Node(&b, s.fset, s.syntax)
	undo()
	if err != nil {
		return "", err
	}
	scratch, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(scratch)
	file, err := filepath.Abs(s.file)
	if err != nil {
		return "", err
	}
	changed, overlay := filepath.Join(scratch, "changed.go"), filepath.Join(scratch, "overlay.json")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {file: changed}})
	if err != nil {
		return "", err
	}
	for name, content := range map[string][]byte{changed: b.Bytes(), overlay: text} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			return "", err
		}
	}
	return goTest(dir, overlay, packages), nil
}

func goTest(dir, overlay string, packages []string) string {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	args := []string{"-overlay=" + overlay}
	for _, p := range packages {
		args = append(args, "./"+p)
	}
	build := exec.CommandContext(ctx, "go", append([]string{"build"}, args...)...)
	build.Dir = dir
	if build.Run() != nil {
		return "invalid"
	}
	test := exec.CommandContext(ctx, "go", append([]string{"test", "-vet=off", "-failfast", "-count=1"}, args...)...)
	test.Dir = dir
	if test.Run() != nil {
		return "killed"
	}
	return "survived"
}
