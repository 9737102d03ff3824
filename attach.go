package zmq

import (
	"errors"

	"gozmq/internal/attach"
	"gozmq/internal/options"
)

func init() {
	attach.Context = func(zctx any) *attach.Set { return &zctx.(*Context).attached }
	attach.Socket = func(sock any) *attach.Set { return &sock.(*Socket).attached }
}

// SettingFunc makes a setting that is code, for what options alone cannot
// say: run gets the socket, and the context it belongs to, when the setting is
// applied by Context.NewSocket or Socket.Set. The error of run is theirs, with
// name where an option's name would be; the name is also what the setting
// prints. Run may be called from several goroutines.
func SettingFunc(name string, run func(*Context, *Socket) error) Setting {
	one := []step{{spec: options.Spec{Name: name}, run: run}}
	return Setting{func() []step { return one }}
}

// errOpenDoor refuses what libzmq allows: a CURVE server without anybody who
// knows the clients' keys encrypts, and lets everyone in.
var errOpenDoor = because{ErrInvalid, "nobody decides which clients the CURVE server lets in: use curve.Server " +
	"with curve.Allow, with a zap.Handler or with curve.Anyone; or call zap.Serve for the context; " +
	"or set opt.ZAPDomain and opt.ZAPEnforceDomain for a ZAP handler of your own"}

// decided is nil unless the socket is a CURVE server that would let everyone
// in without having said so.
func (s *Socket) decided() error {
	if !s.curveServer.Load() || s.attached.Decided.Load() || s.zctx.attached.Decided.Load() {
		return nil
	}
	if server, err := getOption[bool](s, options.CurveServer); err != nil || !server {
		return err // security was turned off again, or became another mechanism
	}
	domain, err := getOption[string](s, options.ZAPDomain)
	if err != nil {
		return err
	}
	enforce, err := getOption[bool](s, options.ZAPEnforceDomain)
	switch {
	case domain != "" && (enforce || errors.Is(err, errors.ErrUnsupported)):
		return nil // without a handler libzmq lets nobody in
	case domain != "" && err != nil:
		return err
	}
	return errOpenDoor
}
