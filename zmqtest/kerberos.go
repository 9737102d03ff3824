package zmqtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// kerberosVariable names a folder with the programs of MIT Kerberos, where they
// are in none of the usual ones.
const kerberosVariable = "GOZMQ_KERBEROS"

// A realm is one of Kerberos, TEST, with the service zmq/localhost and the user
// alice. It lasts as long as the test.
type realm struct {
	t           *T
	dir         string // of everything
	programs    string // the folder of krb5kdc and others
	environment []string
}

// newRealm makes a realm. Without the programs of a key server it is nil.
func newRealm(t *T) *realm {
	t.Helper()
	r := &realm{t: t, dir: t.TempDir()}
	for _, dir := range []string{os.Getenv(kerberosVariable), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/opt/krb5/sbin"} {
		if _, err := exec.LookPath(filepath.Join(dir, "krb5kdc")); dir != "" && err == nil {
			r.programs = dir
		}
	}
	if r.programs == "" {
		return nil
	}
	t.OK(os.Mkdir(r.at("tickets"), 0o700))
	// libzmq wants of each name that it can accept and initiate.
	r.environment = []string{
		"KRB5_CONFIG=" + r.at("krb5.conf"), "KRB5_KDC_PROFILE=" + r.at("kdc.conf"), "KRB5RCACHETYPE=none",
		"KRB5_KTNAME=FILE:" + r.at("keys"), "KRB5_CLIENT_KTNAME=FILE:" + r.at("keys"), "KRB5CCNAME=DIR:" + r.at("tickets"),
	}
	r.configure()
	r.must("kdb5_util", "create", "-s", "-r", "TEST", "-P", "for tests")
	for _, principal := range []string{"zmq/localhost", "alice"} {
		r.must("kadmin.local", "-r", "TEST", "addprinc", "-randkey", principal)
		r.must("kadmin.local", "-r", "TEST", "ktadd", "-k", r.at("keys"), principal)
	}
	for range 5 { // a port that was free may be another's by now
		if r.serve() {
			return r
		}
		r.configure()
	}
	t.Fatal("no key server")
	return nil
}

func (r *realm) at(name string) string { return filepath.Join(r.dir, name) }

// configure gives the key server an address.
func (r *realm) configure() {
	r.t.Helper()
	address := fmt.Sprintf("127.0.0.1:%d", udpPort(r.t))
	// A server that is not installed, but unpacked, has its plugins beside it.
	plugins, err := filepath.Glob(filepath.Join(r.programs, "../lib/*/krb5/plugins/kdb"))
	r.t.OK(err)
	modules := ""
	if len(plugins) > 0 {
		modules = "[dbmodules]\n db_module_dir = " + plugins[0] + "\n"
	}
	r.t.OK(os.WriteFile(r.at("krb5.conf"), []byte("[libdefaults]\n default_realm = TEST\n dns_lookup_kdc = false\n"+
		" dns_canonicalize_hostname = false\n rdns = false\n"+
		"[realms]\n TEST = {\n  kdc = "+address+"\n }\n[domain_realm]\n localhost = TEST\n"+
		"[logging]\n kdc = STDERR\n"+modules), 0o600))
	r.t.OK(os.WriteFile(r.at("kdc.conf"), []byte("[kdcdefaults]\n kdc_listen = "+address+"\n kdc_tcp_listen = "+address+"\n"+
		"[realms]\n TEST = {\n  database_name = "+r.at("principal")+"\n  key_stash_file = "+r.at("stash")+"\n }\n"), 0o600))
}

func (r *realm) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(r.programs, name), args...)
	cmd.Env = append(os.Environ(), r.environment...)
	return cmd
}

func (r *realm) must(name string, args ...string) {
	r.t.Helper()
	if out, err := r.command(name, args...).CombinedOutput(); err != nil {
		r.t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// serve starts the key server, and reports whether it serves. Somebody else may
// listen at its port, so what it says itself counts. That goes to a file, which
// can be read while it runs.
func (r *realm) serve() bool {
	r.t.Helper()
	said, err := os.Create(r.at("log"))
	r.t.OK(err)
	defer said.Close()
	kdc := r.command("krb5kdc", "-n")
	kdc.Stdout, kdc.Stderr = said, said
	r.t.OK(kdc.Start())
	ended := make(chan struct{})
	go func() {
		_ = kdc.Wait() // killed, or its log says why
		close(ended)
	}()
	r.t.Cleanup(func() {
		_ = kdc.Process.Kill() // it may have ended
		<-ended
	})
	var log []byte
	serves := false
	r.t.Eventually("the key server serves, or ends", func() bool {
		over := false
		select {
		case <-ended:
			over = true
		default:
		}
		log, err = os.ReadFile(r.at("log"))
		r.t.OK(err)
		serves = !over && bytes.Contains(log, []byte("commencing operation"))
		return over || serves
	})
	if !serves {
		r.t.Logf("krb5kdc ended: %s", log)
	}
	return serves
}
