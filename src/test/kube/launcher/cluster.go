package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

const (
	modeAuto      = "auto"
	modeReal      = "real"
	modeSimulated = "simulated"
	modeNone      = "none"

	serviceRange  = "10.43.0.0/16"
	firstService  = "10.43.0.1"
	dnsService    = "10.43.0.10"
	podRange      = "10.42.0.0/16"
	nodePodRange  = "10.42.0.0/24"
	clusterDomain = "cluster.local"
	realNode      = "bulkhead-node"
)

// Cluster is all that is known about one Kubernetes. It is written down before anything is touched, so that whoever
// comes after a kill -9 knows what to remove.
type Cluster struct {
	Name      string `json:"name"`
	Dir       string `json:"dir"`
	Bin       string `json:"bin"`
	Mode      string `json:"node"`
	Reason    string `json:"reason,omitempty"`
	KwokNodes int    `json:"kwokNodes"`

	// Isolated: in PID and mount namespaces of its own. Needs root.
	Isolated bool `json:"isolated"`
	// Address is where the API server listens; for a real node that is the inner end of the veth.
	Address     string `json:"address"`
	HostAddress string `json:"hostAddress,omitempty"`
	Veth        string `json:"veth,omitempty"`
	Cgroup      string `json:"cgroup,omitempty"`

	// Pid is the first process inside, as the host numbers it.
	Pid   int   `json:"pid,omitempty"`
	Ports Ports `json:"ports"`
}

// Ports are distinct per cluster where clusters share the host's loopback.
type Ports struct {
	API       int `json:"api"`
	Etcd      int `json:"etcd"`
	EtcdPeer  int `json:"etcdPeer"`
	Manager   int `json:"manager"`
	Scheduler int `json:"scheduler"`
	Kwok      int `json:"kwok"`
}

// announcement is the one line on stdout: the contract with whoever started us.
type announcement struct {
	Name        string `json:"name"`
	Kubeconfig  string `json:"kubeconfig"`
	AuditLog    string `json:"auditLog"`
	Node        string `json:"node"`
	Kubectl     string `json:"kubectl"`
	Dir         string `json:"dir"`
	Reason      string `json:"reason,omitempty"`
	Server      string `json:"server"`
	HostAddress string `json:"hostAddress,omitempty"`
	Images      string `json:"images"`
}

func (c *Cluster) path(parts ...string) string {
	return filepath.Join(append([]string{c.Dir}, parts...)...)
}

func (c *Cluster) binary(name string) string { return filepath.Join(c.Bin, name) }

func (c *Cluster) images() string { return filepath.Join(filepath.Dir(c.Bin), "images") }

func (c *Cluster) server() string { return fmt.Sprintf("https://%s:%d", c.Address, c.Ports.API) }

func (c *Cluster) simulates() bool { return c.Mode == modeSimulated || c.KwokNodes > 0 }

func (c *Cluster) schedules() bool { return c.Mode != modeNone || c.KwokNodes > 0 }

func (c *Cluster) announcement() announcement {
	return announcement{
		Name: c.Name, Kubeconfig: c.path("kubeconfig"), AuditLog: c.path("audit.log"), Node: c.Mode,
		Kubectl: c.binary("kubectl"), Dir: c.Dir, Reason: c.Reason, Server: c.server(),
		HostAddress: c.HostAddress, Images: c.images(),
	}
}

// writeJSON lets nobody read half a file: other launchers look at the records at any time.
func writeJSON(path string, value any) error {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(data, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func readCluster(path string) (*Cluster, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var c Cluster
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, fmt.Errorf("%s is not a record of a cluster: %w", path, err)
	}
	return &c, nil
}
