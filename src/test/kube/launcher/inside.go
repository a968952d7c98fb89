package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

const (
	sayFile  = 3
	waitFile = 4
)

// initProcess is process 1 of the namespace: with its death the kernel kills all others. It buries orphans, which is
// why the programs are not its own children: it could not tell theirs from the others.
func initProcess(args []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	if len(args) != 1 || os.Getpid() != 1 {
		return errors.New("this is for bulkhead-kube itself: use bulkhead-kube up")
	}
	child := exec.Command(self, "inside", args[0])
	c, err := readCluster(filepath.Join(args[0], marker))
	if err != nil {
		return err
	}
	if c.Cgroup != "" {
		if err := joinCgroup(c.Cgroup); err != nil {
			return err
		}
		child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWCGROUP}
	}
	child.Stderr = os.Stderr
	child.ExtraFiles = []*os.File{os.NewFile(sayFile, "say"), os.NewFile(waitFile, "wait")}
	if err := child.Start(); err != nil {
		return err
	}
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil || pid == child.Process.Pid {
			return nil
		}
	}
}

// inside starts the programs of the cluster and tells the outer process when they are ready or have failed.
func inside(args []string) error {
	if len(args) != 1 {
		return errors.New("this is for bulkhead-kube itself: use bulkhead-kube up")
	}
	syscall.CloseOnExec(sayFile)
	out := os.NewFile(sayFile, "say")
	// Signals from a terminal reach every process in the foreground; only the outer one acts on them.
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	release := os.NewFile(waitFile, "wait")
	if told, err := io.ReadAll(release); err != nil || len(told) == 0 {
		return errors.New("the outer process died before the cluster began")
	}
	release.Close()
	c, err := readCluster(filepath.Join(args[0], marker))
	if err == nil {
		err = runCluster(c, func() { fmt.Fprintln(out, "ready") })
	}
	fmt.Fprintln(out, "failed "+strconv.Quote(err.Error()))
	return nil
}

// runCluster returns only when something went wrong.
func runCluster(c *Cluster, ready func()) error {
	began := time.Now()
	if c.Isolated {
		if os.Getppid() != 1 {
			return errors.New("not in namespaces of its own: use bulkhead-kube up")
		}
		if err := ownMounts(); err != nil {
			return err
		}
	}
	if c.Mode == modeReal {
		if err := ownMachine(c); err != nil {
			return err
		}
	}
	if err := writeControlPlane(c); err != nil {
		return err
	}
	client, err := newAPI(c)
	if err != nil {
		return err
	}
	running := newParts(c)
	node := nodeOf(c, running)
	simulated := simulated{c, running}
	say("%s: starting etcd and the API server", c.Name)
	if err := node.startRuntime(); err != nil {
		return err
	}
	if err := startControlPlane(c, running, client); err != nil {
		return err
	}
	say("%s: API server ready after %.1f s", c.Name, time.Since(began).Seconds())
	for _, step := range []func(*api) error{node.start, simulated.start} {
		if err := step(client); err != nil {
			return err
		}
	}
	if err := awaitControllers(running, client); err != nil {
		return err
	}
	for _, step := range []func(*api) error{node.await, simulated.await} {
		if err := step(client); err != nil {
			return err
		}
	}
	say("%s: ready after %.1f s", c.Name, time.Since(began).Seconds())
	ready()
	return <-running.ended
}
