package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// simulated are the nodes that kwok plays. Pods bound to them become Ready at once and do nothing.
type simulated struct {
	cluster *Cluster
	running *parts
}

func (s simulated) start(client *api) error {
	if !s.cluster.simulates() {
		return nil
	}
	for i := range s.cluster.KwokNodes {
		if err := client.apply("/api/v1/nodes/"+s.name(i), s.object(i)); err != nil {
			return err
		}
	}
	if s.cluster.Mode == modeSimulated {
		if err := applyManifests(client, "node/storage.yaml", strings.NewReplacer()); err != nil {
			return err
		}
		if err := s.running.run(provisioner(s.cluster)); err != nil {
			return err
		}
	}
	stages, err := exec.Command(s.cluster.binary("kwok"), "stages").Output()
	if err != nil {
		return fmt.Errorf("kwok doesn't tell its stages: %w", err)
	}
	if err := os.WriteFile(s.cluster.path("kwok.yaml"), stages, 0o600); err != nil {
		return err
	}
	return s.running.run(part{name: "kwok", args: []string{
		"kwok", "--config=" + s.cluster.path("kwok.yaml"), "--kubeconfig=" + s.cluster.path("kwok.kubeconfig"),
		"--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
		// Beside the range of real pods, so that an address tells which kind it is.
		"--cidr=10.44.0.0/16", "--node-ip=10.45.0.1", "--node-lease-duration-seconds=200",
	}})
}

func (s simulated) await(client *api) error {
	if !s.cluster.simulates() || s.cluster.KwokNodes == 0 {
		return nil
	}
	last := "/api/v1/nodes/" + s.name(s.cluster.KwokNodes-1)
	return eventually("simulated nodes are Ready", 2*time.Minute, s.running.ended, func() bool {
		return client.condition(last, "Ready")
	})
}

func (s simulated) name(i int) string { return "kwok-" + strconv.Itoa(i) }

func (s simulated) object(i int) string {
	taints := ""
	if s.cluster.Mode == modeReal {
		taints = `, "taints": [{"key": "kwok.x-k8s.io/node", "value": "fake", "effect": "NoSchedule"}]`
	}
	return fmt.Sprintf(`{
  "apiVersion": "v1", "kind": "Node",
  "metadata": {
    "name": %[1]q,
    "annotations": {"kwok.x-k8s.io/node": "fake", "node.alpha.kubernetes.io/ttl": "0"},
    "labels": {"kubernetes.io/hostname": %[1]q, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
               "type": "kwok", "topology.kubernetes.io/zone": "zone-%[2]d"}
  },
  "spec": {"providerID": "kwok://%[1]s"%[3]s}
}`, s.name(i), i%3, taints)
}

func provisioner(c *Cluster) part {
	return part{name: "provisioner", args: []string{
		"provisioner", "--kubeconfig=" + c.path("provisioner.kubeconfig"), "--root=" + c.path("storage"),
	}}
}
