package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"syscall"
	"time"
)

// joinCgroup puts this process into the cluster's own group, in each hierarchy of the host. A child in a new cgroup
// namespace then takes that group for the root, so that whatever the node makes is below it.
func joinCgroup(name string) error {
	hierarchies, err := cgroupMounts()
	if err != nil {
		return err
	}
	for _, mount := range hierarchies {
		enableControllers(mount)
		group := filepath.Join(mount, name)
		if err := os.Mkdir(group, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
			return fmt.Errorf("make a cgroup: %w", err)
		}
		// A group of the cpuset hierarchy takes no process before it has these.
		for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
			inherited, err := os.ReadFile(filepath.Join(mount, file))
			if err == nil {
				err = os.WriteFile(filepath.Join(group, file), inherited, 0o644)
			}
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("prepare a cgroup: %w", err)
			}
		}
		if err := os.WriteFile(filepath.Join(group, "cgroup.procs"), []byte("0"), 0o644); err != nil {
			return fmt.Errorf("join a cgroup: %w", err)
		}
	}
	return nil
}

// enableControllers matters with cgroup v2, where a group has only what its parent hands down. Most hosts hand these
// down already.
func enableControllers(mount string) {
	available, err := os.ReadFile(filepath.Join(mount, "cgroup.controllers"))
	if err != nil {
		return
	}
	for _, controller := range []string{"cpu", "memory", "pids"} {
		if !slices.Contains(strings.Fields(string(available)), controller) {
			continue
		}
		err := os.WriteFile(filepath.Join(mount, "cgroup.subtree_control"), []byte("+"+controller), 0o644)
		if err != nil {
			say("cgroup controller %s is not available to the node: %v", controller, err)
		}
	}
}

// ownCgroups shows the node its own group where the host's root was.
func ownCgroups(name string) error {
	hierarchies, err := cgroupMounts()
	if err != nil {
		return err
	}
	for _, mount := range hierarchies {
		if err := syscall.Mount(filepath.Join(mount, name), mount, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("show %s its own cgroup: %w", mount, err)
		}
	}
	// In cgroup v2 a group with processes can't have limited groups below it: they move into a leaf.
	const root = "/sys/fs/cgroup"
	available, err := os.ReadFile(root + "/cgroup.controllers")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := os.Mkdir(root+"/init", 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	processes, err := os.ReadFile(root + "/cgroup.procs")
	if err != nil {
		return err
	}
	for _, pid := range strings.Fields(string(processes)) {
		if err := os.WriteFile(root+"/init/cgroup.procs", []byte(pid), 0o644); err != nil {
			return fmt.Errorf("move process %s into a leaf: %w", pid, err)
		}
	}
	for _, controller := range strings.Fields(string(available)) {
		if err := os.WriteFile(root+"/cgroup.subtree_control", []byte("+"+controller), 0o644); err != nil {
			say("cgroup controller %s is not available to the node: %v", controller, err)
		}
	}
	return nil
}

// cgroupMounts names the mount points of the host's hierarchies: one with cgroup v2, several with v1.
func cgroupMounts() ([]string, error) {
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return nil, err
	}
	var found []string
	for line := range strings.Lines(string(mounts)) {
		fields := strings.Fields(line)
		if len(fields) > 2 && strings.HasPrefix(fields[2], "cgroup") && strings.HasPrefix(fields[1], "/sys/fs/cgroup") {
			found = append(found, fields[1])
		}
	}
	if len(found) == 0 {
		return nil, errors.New("no cgroups are mounted below /sys/fs/cgroup")
	}
	return found, nil
}

// removeCgroups removes the cluster's group from the one tree of cgroup v2 or from each tree of cgroup v1.
func removeCgroups(name string) error {
	hierarchies, err := cgroupMounts()
	if err != nil {
		return err
	}
	for _, mount := range hierarchies {
		if err := removeCgroup(filepath.Join(mount, name)); err != nil {
			return err
		}
	}
	return nil
}

func removeCgroup(root string) error {
	var folders []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		}
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	// Children before their parents.
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
