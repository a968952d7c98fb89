package main

import (
	"errors"
	"fmt"
	"os"
	"time"
)

func sweepCommand() error {
	r, err := openRecords()
	if err != nil {
		return err
	}
	return sweep(r)
}

// sweep removes what killed clusters left. A cluster is dead when nobody holds its lock.
func sweep(r records) error {
	clusters, err := r.all()
	if err != nil {
		return err
	}
	for _, c := range clusters {
		lock, err := r.hold(c.Name)
		if err != nil {
			continue
		}
		say("removing what %s left behind", c.Name)
		if err := remove(r, c); err != nil {
			say("%v", err)
		}
		lock.Close()
	}
	return nil
}

// remove takes away what outlives the processes. Mounts, network namespace and firewall went with them.
func remove(r records, c *Cluster) error {
	var failures []error
	if c.Veth != "" {
		// The kernel removes it with the namespace, but takes its time.
		if _, err := os.Stat("/sys/class/net/" + c.Veth); err == nil {
			if err := runAll([][]string{{"ip", "link", "delete", c.Veth}}); err != nil {
				if _, gone := os.Stat("/sys/class/net/" + c.Veth); gone == nil {
					failures = append(failures, err)
				}
			}
		}
	}
	if c.Cgroup != "" {
		failures = append(failures, removeCgroups(c.Cgroup))
	}
	if _, err := os.Stat(c.path(marker)); err == nil {
		failures = append(failures, removeTree(c.Dir))
	}
	if err := errors.Join(failures...); err != nil {
		return fmt.Errorf("%s is not gone completely, run bulkhead-kube sweep: %w", c.Name, err)
	}
	r.forget(c.Name)
	return nil
}

// removeTree is safe although the node mounted things below the directory: on this side there are no mounts.
func removeTree(dir string) error {
	var err error
	for range 20 {
		if err = os.RemoveAll(dir); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}
