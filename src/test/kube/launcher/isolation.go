package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// neededPrograms come from Debian's packages, named in the message when one is missing.
var neededPrograms = map[string]string{
	"containerd": "containerd", "ctr": "containerd", "containerd-shim-runc-v2": "containerd", "runc": "runc",
	"iptables": "iptables", "iptables-save": "iptables", "ipset": "ipset", "ip": "iproute2", "conntrack": "conntrack",
	"ethtool": "ethtool",
}

// probe starts a process in namespaces of its own, as the cluster will be.
func probe() error {
	if os.Geteuid() != 0 {
		return errors.New("not root")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.Command(self, "probe")
	child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: cloneFlags(modeReal)}
	if output, err := child.CombinedOutput(); err != nil {
		return fmt.Errorf("namespaces are not allowed here: %w %s", err, firstLine(output))
	}
	return nil
}

// probeInside does, in namespaces that end with it, a little of each thing a node does.
func probeInside() error {
	if os.Getpid() != 1 {
		return errors.New("this is for bulkhead-kube itself: outside of its namespaces it would change the host")
	}
	if err := ownMounts(); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", "/run", "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("mount /run: %w", err)
	}
	hierarchies, err := cgroupMounts()
	if err != nil {
		return err
	}
	for _, mount := range hierarchies {
		group, err := os.MkdirTemp(mount, "bulkhead-probe-")
		if err != nil {
			return fmt.Errorf("make a cgroup: %w", err)
		}
		if err := os.Remove(group); err != nil {
			return fmt.Errorf("remove a cgroup: %w", err)
		}
	}
	if _, err := lookUp("ip"); err != nil {
		// Said in better words, with the packages to install.
		return nil
	}
	return runAll([][]string{
		{"ip", "link", "add", "probe0", "type", "bridge"},
		{"ip", "link", "add", "probe1", "type", "veth", "peer", "name", "probe2"},
	})
}

// ownMounts cuts the mount namespace off from the host and shows the processes of its own PID namespace.
func ownMounts() error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	if err := syscall.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	return nil
}

func whyNoRealNode(c *Cluster, isolation error) error {
	if isolation != nil {
		return isolation
	}
	missing := map[string]bool{}
	for program, pkg := range neededPrograms {
		if _, err := lookUp(program); err != nil {
			missing[pkg] = true
		}
	}
	if _, err := pluginFolder(); err != nil {
		missing["containernetworking-plugins"] = true
	}
	if len(missing) > 0 {
		var names []string
		for name := range missing {
			names = append(names, name)
		}
		return fmt.Errorf("install with apt-get: %s", strings.Join(names, " "))
	}
	for _, hidden := range []string{"/run/", "/var/lib/", "/var/log/"} {
		if strings.HasPrefix(c.Dir+"/", hidden) || strings.HasPrefix(c.Bin+"/", hidden) {
			return fmt.Errorf("%s lies under %s, which the node has its own of; set BULKHEAD_CACHE or --dir",
				c.Dir, hidden)
		}
	}
	return nil
}

// lookUp finds what a user's PATH often leaves out.
func lookUp(program string) (string, error) {
	for _, folder := range []string{"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"} {
		path := filepath.Join(folder, program)
		if info, err := os.Stat(path); err == nil && info.Mode()&0o111 != 0 {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is not installed", program)
}

func pluginFolder() (string, error) {
	for _, folder := range []string{"/usr/lib/cni", "/opt/cni/bin"} {
		if _, err := os.Stat(filepath.Join(folder, "bridge")); err == nil {
			return folder, nil
		}
	}
	return "", errors.New("no CNI plugins")
}

// connect lays the one cable between host and node.
func connect(c *Cluster, pid int) error {
	steps := [][]string{
		{"ip", "link", "add", c.Veth, "type", "veth", "peer", "name", "eth0", "netns", fmt.Sprint(pid)},
		{"ip", "address", "add", c.HostAddress + "/30", "dev", c.Veth},
		{"ip", "link", "set", c.Veth, "up"},
	}
	return runAll(steps)
}

func runAll(steps [][]string) error {
	for _, step := range steps {
		program, err := lookUp(step[0])
		if err != nil {
			return err
		}
		if output, err := exec.Command(program, step[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", strings.Join(step, " "), err, firstLine(output))
		}
	}
	return nil
}
