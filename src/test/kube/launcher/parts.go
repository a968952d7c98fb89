package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// part is one program of the cluster.
type part struct {
	name string
	args []string
	// vital: the cluster ends with it. The others are started again, unless they end again and again.
	vital bool
	// before each start, if there is something to be done.
	before func() error
}

// parts runs the programs of one cluster and notices when one ends.
type parts struct {
	cluster *Cluster
	starts  chan func()
	ended   chan error
}

func newParts(c *Cluster) *parts {
	p := &parts{cluster: c, starts: make(chan func()), ended: make(chan error, 1)}
	go p.startOnOneThread()
	return p
}

// startOnOneThread keeps the thread that every program is a child of, or the kernel would take a thread that ends
// for a parent that died.
func (p *parts) startOnOneThread() {
	runtime.LockOSThread()
	for start := range p.starts {
		start()
	}
}

func (p *parts) run(one part) error {
	command, err := p.start(one)
	if err != nil {
		return fmt.Errorf("%s does not start: %w", one.name, err)
	}
	go p.watch(one, command)
	return nil
}

func (p *parts) watch(one part, command *exec.Cmd) {
	began, quick := time.Now(), 0
	for {
		err := command.Wait()
		if quick++; time.Since(began) > 10*time.Second {
			quick = 0
		}
		if one.vital || quick == 5 {
			p.ended <- fmt.Errorf("%s ended (%v); its last words, from %s:\n%s",
				one.name, err, p.log(one), lastLines(p.log(one), 12))
			return
		}
		say("%s ended (%v); starting it again, its log is %s", one.name, err, p.log(one))
		time.Sleep(time.Second)
		began = time.Now()
		if command, err = p.start(one); err != nil {
			p.ended <- fmt.Errorf("%s does not start again: %w", one.name, err)
			return
		}
	}
}

func (p *parts) start(one part) (*exec.Cmd, error) {
	if one.before != nil {
		if err := one.before(); err != nil {
			return nil, err
		}
	}
	log, err := os.OpenFile(p.log(one), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	program := one.args[0]
	if !strings.Contains(program, "/") {
		program = p.cluster.binary(program)
	}
	command := exec.Command(program, one.args[1:]...)
	command.Dir = p.cluster.Dir
	command.Env = environment(p.cluster)
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	done := make(chan error)
	p.starts <- func() { done <- command.Start() }
	return command, <-done
}

func (p *parts) log(one part) string { return p.cluster.path("logs", one.name+".log") }

// environment is small on purpose: a proxy or a KUBECONFIG of the user must not reach the programs.
func environment(c *Cluster) []string {
	path := "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
	return []string{"PATH=" + path, "HOME=" + c.Dir, "TMPDIR=" + c.path("tmp")}
}

func lastLines(file string, count int) string {
	data, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-count):], "\n")
}

// eventually asks every tenth of a second until the answer is yes.
func eventually(what string, limit time.Duration, ended <-chan error, ask func() bool) error {
	deadline := time.After(limit)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		if ask() {
			return nil
		}
		select {
		case err := <-ended:
			return err
		case <-deadline:
			return fmt.Errorf("%s: not within %s", what, limit)
		case <-tick.C:
		}
	}
}

func say(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "bulkhead-kube: "+format+"\n", values...)
}
