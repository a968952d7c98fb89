package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"syscall"
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

// removeTree never follows into another file system: whatever is mounted there isn't ours.
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

// removeCgroups removes the cluster's group from the one tree of cgroup v2 or from each tree of cgroup v1.
func removeCgroups(name string) error {
	var roots []string
	for _, pattern := range []string{"/sys/fs/cgroup/" + name, "/sys/fs/cgroup/*/" + name} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return err
		}
		roots = append(roots, found...)
	}
	for _, root := range roots {
		if err := removeCgroup(root); err != nil {
			return err
		}
	}
	return nil
}

func removeCgroup(root string) error {
	var folders []string
	filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		}
		return nil
	})
	sort.Sort(sort.Reverse(sort.StringSlice(folders)))
	for _, folder := range folders {
		// Busy for a moment after its last process died.
		for attempt := 0; ; attempt++ {
			err := syscall.Rmdir(folder)
			if err == nil || errors.Is(err, syscall.ENOENT) {
				break
			}
			if attempt == 50 {
				return fmt.Errorf("remove cgroup %s: %w", folder, err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return nil
}
