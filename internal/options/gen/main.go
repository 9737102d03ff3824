// Command gen writes docs/options.md, the table of all options, from the doc
// comments of package opt. Run it at the root of the module:
//
//	go run ./internal/options/gen
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"
	"strings"

	"gozmq/internal/options/table"
)

//go:embed head.md
var head string

//go:embed tail.md
var tail string

func main() {
	rows, err := table.Read("opt")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("docs/options.md", []byte(page(rows)), 0o644); err != nil {
		log.Fatal(err)
	}
}

// page is the whole of docs/options.md.
func page(rows []table.Row) string {
	var b strings.Builder
	b.WriteString(head)
	section(&b, "Sockets", rows, false)
	section(&b, "Contexts", rows, true)
	b.WriteString(tail)
	return b.String()
}

func section(b *strings.Builder, title string, rows []table.Row, context bool) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	b.WriteString("| opt. | in C | number | type | access | " + strings.Join(table.Facts, " | ") + " |\n")
	b.WriteString(strings.Repeat("|---", 5+len(table.Facts)) + "|\n")
	for _, r := range rows {
		if r.Context() == context {
			fmt.Fprintln(b, line(r))
		}
	}
}

func line(r table.Row) string {
	name := r.Name
	if r.Deprecated {
		name += " (deprecated)"
	}
	cells := []string{name, r.C, fmt.Sprint(r.Number), "`" + r.Type + "`", access(r)}
	for _, f := range table.Facts {
		cells = append(cells, r.Facts[f])
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

func access(r table.Row) string {
	switch {
	case !r.Settable():
		return "read"
	case !r.Readable():
		return "set"
	}
	return "set, read"
}
