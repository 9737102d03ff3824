package zmq

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gozmq/internal/engine"
	"gozmq/internal/options"
)

// lacking is what the library would need for an option to work.
type lacking string

func (l lacking) Error() string        { return string(l) }
func (l lacking) Is(target error) bool { return target == errors.ErrUnsupported }

// refusal finds the reason why an option was refused: libzmq has one EINVAL
// for unknown options, values that cannot be, and everything else.
func refusal(ctx engine.Context, spec options.Spec, err error) error {
	if err == nil || !errors.Is(err, ErrInvalid) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	drafts := ctx.Has("draft")
	switch version := ctx.Version(); {
	case version < spec.Since && spec.Draft:
		return lacking(fmt.Sprintf("needs libzmq %s with drafts; this one is %s", dotted(spec.Since), dotted(version)))
	case version < spec.Since:
		return lacking(fmt.Sprintf("needs libzmq %s; this one is %s", dotted(spec.Since), dotted(version)))
	case spec.Draft && !drafts:
		return lacking(fmt.Sprintf("needs a libzmq with drafts; the option is a draft since %s", dotted(spec.Since)))
	case spec.Needs != "" && !ctx.Has(spec.Needs):
		return lacking(fmt.Sprintf("needs a libzmq with %s", spec.Needs))
	case spec.Wire == options.ThreadName && !drafts:
		return lacking("text needs a libzmq with drafts; this one takes a number")
	}
	return err
}

// refusal also knows which types of sockets have the option.
func (s *Socket) refusal(spec options.Spec, err error) error {
	err = refusal(s.ctx, spec, err)
	if err == error(ErrInvalid) && spec.Sockets != "" && !slices.Contains(strings.Fields(spec.Sockets), s.typ.String()) {
		return because{ErrNotSupported, fmt.Sprintf("the option is for %s sockets", strings.Join(strings.Fields(spec.Sockets), ", "))}
	}
	return err
}

// dotted is a version as people write it.
func dotted(v int) string {
	return fmt.Sprintf("%d.%d.%d", v/10000, v/100%100, v%100)
}
