package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// ownMachine turns the namespaces into what looks like a machine of its own: directories, cgroups, kernel settings,
// network. Nothing of it is seen from the host.
func ownMachine(c *Cluster) error {
	for _, step := range []func(*Cluster) error{ownDirectories, ownKernelSettings, ownNetwork} {
		if err := step(c); err != nil {
			return err
		}
	}
	return ownCgroups(c.Cgroup)
}

func ownDirectories(c *Cluster) error {
	// Volumes with mount propagation ask for shared mounts; shared with nobody but the node's own.
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED, ""); err != nil {
		return fmt.Errorf("share mounts within the node: %w", err)
	}
	if err := syscall.Mount("tmpfs", "/run", "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("mount /run: %w", err)
	}
	for place, folder := range map[string]string{"/var/lib": "var-lib", "/var/log": "var-log"} {
		if err := os.MkdirAll(c.path(folder), 0o755); err != nil {
			return err
		}
		if err := syscall.Mount(c.path(folder), place, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("mount %s: %w", place, err)
		}
	}
	return ownNames(c)
}

// ownNames makes the pull of an image that isn't there fail at once: there is nobody to ask for the registry's address,
// and the host's name servers are out of reach.
func ownNames(c *Cluster) error {
	none := c.path("resolv.conf")
	if err := os.WriteFile(none, []byte("# The node has no way out.\n"), 0o644); err != nil {
		return err
	}
	if _, err := os.Stat("/etc/resolv.conf"); err != nil {
		return nil
	}
	if err := syscall.Mount(none, "/etc/resolv.conf", "", syscall.MS_BIND, ""); err != nil {
		return fmt.Errorf("keep the host's name servers from the node: %w", err)
	}
	return nil
}

// keptFromTheHost are settings of the whole kernel that the kubelet wants to change. It is shown what it wants to see.
var keptFromTheHost = map[string]string{
	"vm/overcommit_memory": "1", "vm/panic_on_oom": "0", "kernel/panic": "10", "kernel/panic_on_oops": "1",
	"kernel/keys/root_maxkeys": "1000000", "kernel/keys/root_maxbytes": "25000000",
}

func ownKernelSettings(c *Cluster) error {
	for setting, wanted := range keptFromTheHost {
		shown := c.path("kernel", setting)
		if err := os.MkdirAll(filepath.Dir(shown), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(shown, []byte(wanted+"\n"), 0o644); err != nil {
			return err
		}
		if err := syscall.Mount(shown, "/proc/sys/"+setting, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("keep %s from the host: %w", setting, err)
		}
	}
	return nil
}

func ownNetwork(c *Cluster) error {
	err := runAll([][]string{
		{"ip", "link", "set", "lo", "up"},
		{"ip", "address", "add", c.Address + "/30", "dev", "eth0"},
		{"ip", "link", "set", "eth0", "up"},
		{"ip", "route", "add", "default", "via", c.HostAddress},
	})
	if err != nil {
		return err
	}
	if _, err := os.Stat("/proc/sys/net/bridge"); err != nil {
		if modprobe, err := lookUp("modprobe"); err == nil {
			exec.Command(modprobe, "-a", "br_netfilter", "overlay").Run()
		}
	}
	// Without the bridge setting, packets between two pods of the node never meet the firewall.
	for setting, value := range map[string]string{
		"net/ipv4/ip_forward": "1", "net/bridge/bridge-nf-call-iptables": "1",
	} {
		if err := os.WriteFile("/proc/sys/"+setting, []byte(value), 0o644); err != nil {
			return fmt.Errorf("set %s in the node's network: %w", setting, err)
		}
	}
	return nil
}
