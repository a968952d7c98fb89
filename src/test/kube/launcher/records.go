package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// records is the folder that says which clusters there are: <name>.json tells what was touched, and a lock on
// <name>.lock, which the kernel lets go of when its holder dies, tells whether the cluster is alive.
type records struct{ dir string }

func openRecords() (records, error) {
	cache := os.Getenv("BULKHEAD_CACHE")
	if cache == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return records{}, fmt.Errorf("no place for records: set BULKHEAD_CACHE or HOME (%w)", err)
		}
		cache = filepath.Join(base, "bulkhead")
	}
	cache, err := filepath.Abs(cache)
	if err != nil {
		return records{}, err
	}
	r := records{filepath.Join(cache, "run")}
	return r, os.MkdirAll(r.dir, 0o700)
}

func (r records) file(name string) string { return filepath.Join(r.dir, name+".json") }

// exclusively runs one allocation at a time over all processes of this user.
func (r records) exclusively(work func() error) error {
	lock, err := os.OpenFile(filepath.Join(r.dir, ".allocation"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX); err != nil {
		return err
	}
	return work()
}

// hold takes the lock that says "alive". It fails at once if somebody else has it.
func (r records) hold(name string) (*os.File, error) {
	lock, err := os.OpenFile(filepath.Join(r.dir, name+".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		lock.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("a cluster named %q is running; choose another --name or stop that one", name)
		}
		return nil, err
	}
	return lock, nil
}

func (r records) forget(name string) {
	os.Remove(r.file(name))
	os.Remove(filepath.Join(r.dir, name+".lock"))
}

func (r records) all() ([]*Cluster, error) {
	files, err := filepath.Glob(filepath.Join(r.dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var clusters []*Cluster
	for _, file := range files {
		c, err := readCluster(file)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			say("%v; remove it by hand", err)
			continue
		}
		clusters = append(clusters, c)
	}
	return clusters, nil
}

// allocate gives the cluster ports, and a real one its subnet, that no other cluster has.
func (r records) allocate(c *Cluster) error {
	others, err := r.all()
	if err != nil {
		return err
	}
	if c.Mode == modeReal {
		c.Ports = Ports{API: 6443, Etcd: 2379, EtcdPeer: 2380, Manager: 10257, Scheduler: 10259, Kwok: 10247}
		return allocateSubnet(c, others)
	}
	c.Address = "127.0.0.1"
	return allocatePorts(c, others)
}

func allocatePorts(c *Cluster, others []*Cluster) error {
	taken := map[int]bool{}
	for _, o := range others {
		for _, p := range []int{
			o.Ports.API, o.Ports.Etcd, o.Ports.EtcdPeer, o.Ports.Manager, o.Ports.Scheduler, o.Ports.Kwok,
		} {
			taken[p] = true
		}
	}
	// Below 32768, where the kernel picks ports for outgoing connections: none of those gets in between.
	next := 21000
	for _, port := range []*int{
		&c.Ports.API, &c.Ports.Etcd, &c.Ports.EtcdPeer, &c.Ports.Manager, &c.Ports.Scheduler, &c.Ports.Kwok,
	} {
		for ; ; next++ {
			if next >= 32000 {
				return errors.New("no free port between 21000 and 32000 on 127.0.0.1; stop what listens there")
			}
			if !taken[next] && free(next) {
				break
			}
		}
		*port = next
		next++
	}
	return nil
}

func free(port int) bool {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	listener.Close()
	return true
}

// allocateSubnet picks a /30 of 198.18.0.0/15, which is set aside for testing and routed nowhere.
func allocateSubnet(c *Cluster, others []*Cluster) error {
	taken := map[string]bool{}
	for _, o := range others {
		taken[o.HostAddress] = true
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return err
	}
	for n := range 1 << 14 {
		base := n * 4
		host := net.IPv4(198, 18, byte(base>>8), byte(base+1))
		if taken[host.String()] || onHost(addresses, host) {
			continue
		}
		c.HostAddress = host.String()
		c.Address = net.IPv4(198, 18, byte(base>>8), byte(base+2)).String()
		c.Veth = fmt.Sprintf("bulkhead%d", n)
		c.Cgroup = "bulkhead-" + c.Name
		return nil
	}
	return errors.New("no free /30 left in 198.18.0.0/16; run bulkhead-kube sweep")
}

func onHost(addresses []net.Addr, ip net.IP) bool {
	for _, a := range addresses {
		if network, ok := a.(*net.IPNet); ok && network.Contains(ip) {
			return true
		}
	}
	return false
}

func validName(name string) error {
	if name == "" || len(name) > 40 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" ||
		strings.HasPrefix(name, "-") {
		return fmt.Errorf("--name %q: use up to 40 lower-case letters, digits and dashes", name)
	}
	return nil
}
