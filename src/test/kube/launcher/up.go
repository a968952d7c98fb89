package main

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

type options struct {
	name, node, dir  string
	nodes, kwokNodes int
	stdinGuard       bool
	parent           int
}

func upOptions(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bulkhead-kube up", flag.ContinueOnError)
	flags.StringVar(&o.name, "name", "", "name of the cluster (made up when empty)")
	flags.StringVar(&o.node, "node", modeAuto, "real, simulated, none, or auto: real where that is possible")
	flags.IntVar(&o.nodes, "nodes", 1, "number of simulated nodes with --node simulated; a real node is always one")
	flags.IntVar(&o.kwokNodes, "kwok-nodes", 0, "simulated nodes beside what --node gives, tainted beside a real one")
	flags.StringVar(&o.dir, "dir", "", "where the cluster keeps its files: empty or new, removed at the end")
	flags.BoolVar(&o.stdinGuard, "stdin-guard", false, "stop when stdin is closed")
	flags.IntVar(&o.parent, "parent-pid", os.Getppid(), "stop when this process is gone; 0: none")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("up takes flags only, not %q", flags.Arg(0))
	}
	if o.name == "" {
		suffix := make([]byte, 3)
		rand.Read(suffix)
		o.name = "k" + hex.EncodeToString(suffix)
	}
	switch o.node {
	case modeAuto, modeReal, modeSimulated, modeNone:
	default:
		return o, fmt.Errorf("--node %q: use real, simulated, none or auto", o.node)
	}
	if o.node == modeReal && o.nodes > 1 {
		return o, errors.New("--nodes: a real node is always one; add simulated ones with --kwok-nodes")
	}
	return o, validName(o.name)
}

// up is what the user started. It stays outside of the namespaces: it gives the cluster its link to the host, waits
// for the end, and removes what the kernel doesn't remove by itself.
func up(args []string) error {
	o, err := upOptions(args)
	if err != nil {
		return err
	}
	ends := endings(o)
	r, err := openRecords()
	if err != nil {
		return err
	}
	if err := sweep(r); err != nil {
		return err
	}
	alive, err := r.hold(o.name)
	if err != nil {
		return err
	}
	defer alive.Close()
	c, err := prepare(r, o)
	if err != nil {
		r.forget(o.name)
		return err
	}
	failure := runUntil(r, c, ends)
	return errors.Join(failure, remove(r, c))
}

// prepare chooses how the cluster runs, and writes that down before anything else is touched.
func prepare(r records, o options) (*Cluster, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &Cluster{Name: o.name, Dir: o.dir, Bin: filepath.Dir(self), Mode: o.node, KwokNodes: o.kwokNodes}
	if c.Dir == "" {
		c.Dir = filepath.Join(r.dir, o.name)
	}
	if c.Dir, err = filepath.Abs(c.Dir); err != nil {
		return nil, err
	}
	isolation := probe()
	c.Isolated = isolation == nil
	if o.node == modeAuto || o.node == modeReal {
		why := whyNoRealNode(c, isolation)
		switch {
		case why == nil:
			c.Mode = modeReal
		case o.node == modeReal:
			return nil, fmt.Errorf("no real node here: %w", why)
		default:
			c.Mode, c.Reason = modeSimulated, why.Error()
		}
	}
	if c.Mode == modeSimulated {
		if c.Reason == "" {
			c.Reason = "asked for"
		}
		say("no real node here (%s): pods are simulated by kwok", c.Reason)
		c.KwokNodes += o.nodes
	}
	err = r.exclusively(func() error {
		if err := r.allocate(c); err != nil {
			return err
		}
		return writeJSON(r.file(c.Name), c)
	})
	if err != nil {
		return nil, err
	}
	return c, makeDirectory(c)
}

// marker says that a directory is ours to remove.
const marker = ".bulkhead-kube"

func makeDirectory(c *Cluster) error {
	entries, err := os.ReadDir(c.Dir)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("--dir %s is not empty; name one that is empty or doesn't exist", c.Dir)
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	return writeJSON(c.path(marker), c)
}

// runUntil returns nil when the cluster was asked to end, and an error when it ended by itself.
func runUntil(r records, c *Cluster, ends <-chan string) error {
	messages, child, err := startInside(c)
	if err != nil {
		return err
	}
	defer func() {
		child.Process.Kill()
		child.Wait()
	}()
	c.Pid = child.Process.Pid
	if err := writeJSON(r.file(c.Name), c); err != nil {
		return err
	}
	for {
		select {
		case why := <-ends:
			say("stopping %s: %s", c.Name, why)
			return nil
		case message, open := <-messages:
			if !open {
				return fmt.Errorf("the processes of %s were killed", c.Name)
			}
			if failure, failed := strings.CutPrefix(message, "failed "); failed {
				text, err := strconv.Unquote(failure)
				if err != nil {
					text = failure
				}
				return errors.New(text)
			}
			if err := json.NewEncoder(os.Stdout).Encode(c.announcement()); err != nil {
				return fmt.Errorf("nobody reads what was started: %w", err)
			}
		}
	}
}

// startInside starts the process all others descend from, and connects it. The channel gives what it says.
func startInside(c *Cluster) (<-chan string, *exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	fromChild, say, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	wait, release, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer release.Close()
	command := "inside"
	if c.Isolated {
		command = "init"
	}
	child := exec.Command(self, command, c.Dir)
	child.Stderr = os.Stderr
	child.ExtraFiles = []*os.File{say, wait}
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	if c.Isolated {
		child.SysProcAttr.Cloneflags = cloneFlags(c.Mode)
	}
	err = child.Start()
	say.Close()
	wait.Close()
	if err != nil {
		return nil, nil, fmt.Errorf("cannot start the cluster's first process: %w", err)
	}
	if c.Mode == modeReal {
		if err := connect(c, child.Process.Pid); err != nil {
			child.Process.Kill()
			child.Wait()
			return nil, nil, err
		}
	}
	if _, err := release.WriteString("go\n"); err != nil {
		return nil, child, err
	}
	return lines(fromChild), child, nil
}

func cloneFlags(mode string) uintptr {
	flags := uintptr(syscall.CLONE_NEWPID | syscall.CLONE_NEWNS)
	if mode == modeReal {
		flags |= syscall.CLONE_NEWNET
	}
	return flags
}

func lines(from io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		scanner := bufio.NewScanner(from)
		for scanner.Scan() {
			out <- scanner.Text()
		}
	}()
	return out
}

// endings tells when to stop: asked to, or nobody left to stop for.
func endings(o options) <-chan string {
	ends := make(chan string, 4)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	go func() { ends <- "got " + (<-signals).String() }()
	if o.stdinGuard {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			ends <- "stdin was closed"
		}()
	}
	if o.parent > 1 {
		go func() {
			awaitDeath(o.parent)
			ends <- fmt.Sprintf("process %d, for which it ran, is gone", o.parent)
		}()
	}
	return ends
}

func awaitDeath(pid int) {
	handle, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		// Old kernels have no such handle; then it is asking again and again.
		for syscall.Kill(pid, 0) != syscall.ESRCH {
			time.Sleep(500 * time.Millisecond)
		}
		return
	}
	for {
		_, err := unix.Poll([]unix.PollFd{{Fd: int32(handle), Events: unix.POLLIN}}, -1)
		if err != unix.EINTR {
			return
		}
	}
}
