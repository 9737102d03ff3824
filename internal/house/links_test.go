package house

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// What a page links to is there: the file or folder, and the heading in it.
func TestLinks(t *testing.T) {
	headings := map[string]map[string]bool{}
	for _, page := range markdown(t) {
		headings[page] = anchors(read(t, page))
	}
	checked := 0
	for page := range headings {
		for _, link := range links(read(t, page)) {
			if strings.Contains(link, ":") {
				continue // elsewhere
			}
			checked++
			name, anchor, hasAnchor := strings.Cut(link, "#")
			target := page
			if name != "" {
				target = path.Join(path.Dir(page), name)
			}
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, link)
				continue
			}
			if hasAnchor && !headings[target][anchor] {
				t.Errorf("%s links to %s, and there is no such heading", page, link)
			}
		}
	}
	if checked == 0 {
		t.Error("no links found: this test looks in the wrong place")
	}
}

// markdown is every page of the repository, relative to root.
func markdown(t *testing.T) (pages []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch hidden := strings.HasPrefix(d.Name(), ".") && name != root; {
		case d.IsDir() && (hidden || d.Name() == "testdata" || d.Name() == "build" || d.Name() == "bin"):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".md"):
			rel, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			pages = append(pages, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

var (
	inText    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	inHTML    = regexp.MustCompile(`(?:src|srcset|href)="([^"]+)"`)
	footnote  = regexp.MustCompile(`(?m)^\[[^\]]+\]:\s*(\S+)`)
	codeSpan  = regexp.MustCompile("`[^`\n]*`")
	codeBlock = regexp.MustCompile("(?ms)^```.*?^```$")
)

// links are what a page links to, and the pictures in it.
func links(text string) (targets []string) {
	text = codeSpan.ReplaceAllString(codeBlock.ReplaceAllString(text, ""), "")
	for _, form := range []*regexp.Regexp{inText, inHTML, footnote} {
		for _, m := range form.FindAllStringSubmatch(text, -1) {
			targets = append(targets, m[1])
		}
	}
	return targets
}

// anchors are the names that a page's headings have in links, as GitHub makes
// them.
func anchors(text string) map[string]bool {
	names := map[string]bool{}
	for line := range strings.Lines(codeBlock.ReplaceAllString(text, "")) {
		heading, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if !ok || !strings.HasPrefix(line, "#") {
			continue
		}
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, strings.TrimSpace(heading))
		for unique, i := name, 1; ; i++ {
			if !names[unique] {
				names[unique] = true
				break
			}
			unique = name + "-" + strconv.Itoa(i)
		}
	}
	return names
}
