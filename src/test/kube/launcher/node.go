package main

import (
	"embed"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

//go:embed node
var nodeFiles embed.FS

const runtimeSocket = "/run/containerd/containerd.sock"

// node is the real one, if the cluster has one.
type node struct {
	cluster  *Cluster
	running  *parts
	imported chan error
}

func nodeOf(c *Cluster, running *parts) node {
	return node{c, running, make(chan error, 1)}
}

func (n node) real() bool { return n.cluster.Mode == modeReal }

// startRuntime starts containerd and brings in the images, while the control plane starts beside it.
func (n node) startRuntime() error {
	if !n.real() {
		return nil
	}
	plugins, err := pluginFolder()
	if err != nil {
		return err
	}
	replace := strings.NewReplacer(
		"@NODE@", realNode, "@ADDRESS@", n.cluster.Address, "@DIR@", n.cluster.Dir, "@PLUGINS@", plugins,
		"@PODS@", nodePodRange, "@DNS@", dnsService, "@DOMAIN@", clusterDomain)
	if err := n.writeFiles(replace); err != nil {
		return err
	}
	containerd, err := lookUp("containerd")
	if err != nil {
		return err
	}
	err = n.running.run(part{name: "containerd", args: []string{containerd, "--config", n.cluster.path("containerd.toml")}, vital: true})
	go func() { n.imported <- n.importImages() }()
	return err
}

func (n node) writeFiles(replace *strings.Replacer) error {
	for _, file := range []string{"containerd.toml", "kubelet.yaml", "cni.conflist"} {
		content, err := nodeFiles.ReadFile("node/" + file)
		if err != nil {
			return err
		}
		target := n.cluster.path(file)
		if file == "cni.conflist" {
			target = n.cluster.path("cni", "10-bridge.conflist")
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, []byte(replace.Replace(string(content))), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (n node) importImages() error {
	err := eventually("containerd answers", time.Minute, nil, func() bool {
		_, err := os.Stat(runtimeSocket)
		return err == nil
	})
	if err != nil {
		return err
	}
	images, err := filepath.Glob(filepath.Join(n.cluster.images(), "*.tar"))
	if err != nil {
		return err
	}
	return importArchives(runtimeSocket, images)
}

// start starts the programs of the node. The API server answers by now.
func (n node) start(client *api) error {
	if !n.real() {
		return nil
	}
	say("%s: starting the node", n.cluster.Name)
	if err := applyManifests(client, "node/cluster.yaml", strings.NewReplacer(
		"@DNS@", dnsService, "@DOMAIN@", clusterDomain)); err != nil {
		return err
	}
	if err := <-n.imported; err != nil {
		return err
	}
	for _, one := range []part{n.kubelet(), n.kubeProxy(), provisioner(n.cluster)} {
		if err := n.running.run(one); err != nil {
			return err
		}
	}
	// kube-router exits when it finds no Node object; and it reads and replaces the whole filter table, in which
	// the chains that kube-proxy makes in that moment would be lost.
	err := eventually("the node registers and kube-proxy works", 2*time.Minute, n.running.ended, func() bool {
		return client.exists("/api/v1/nodes/"+realNode) && healthy("http://127.0.0.1:10256/healthz")
	})
	if err != nil {
		return err
	}
	return n.running.run(n.kubeRouter())
}

func (n node) kubelet() part {
	return part{name: "kubelet", args: []string{
		"kube", "kubelet", "--config=" + n.cluster.path("kubelet.yaml"),
		"--kubeconfig=" + n.cluster.path("kubelet.kubeconfig"),
		"--hostname-override=" + realNode, "--node-ip=" + n.cluster.Address,
	}}
}

func (n node) kubeProxy() part {
	// With nftables it has a table of its own, where kube-router can't undo what it has just written.
	mode := "nftables"
	if _, err := lookUp("nft"); err != nil {
		mode = "iptables"
	}
	return part{name: "kube-proxy", args: []string{
		"kube", "kube-proxy", "--kubeconfig=" + n.cluster.path("kube-proxy.kubeconfig"),
		"--hostname-override=" + realNode, "--proxy-mode=" + mode, "--cluster-cidr=" + podRange,
		"--conntrack-max-per-core=0", "--conntrack-tcp-timeout-established=0", "--conntrack-tcp-timeout-close-wait=0",
		"--iptables-min-sync-period=200ms",
		"--healthz-bind-address=127.0.0.1:10256", "--metrics-bind-address=127.0.0.1:10249",
	}}
}

// kubeRouter enforces NetworkPolicy and does nothing else: kube-proxy and the CNI plugins do the rest.
func (n node) kubeRouter() part {
	return part{name: "kube-router", args: []string{
		"kube-router", "--kubeconfig=" + n.cluster.path("kube-router.kubeconfig"), "--hostname-override=" + realNode,
		"--run-firewall=true", "--run-router=false", "--run-service-proxy=false", "--run-loadbalancer=false",
		"--service-cluster-ip-range=" + serviceRange, "--health-port=20244", "--metrics-port=0",
	}}
}

// await returns when pods of the node run, have names, and are kept apart.
func (n node) await(client *api) error {
	if !n.real() {
		return nil
	}
	steps := []struct {
		what string
		ask  func() bool
	}{
		{"the node is Ready", func() bool { return client.condition("/api/v1/nodes/"+realNode, "Ready") }},
		{"kube-router works", func() bool { return healthy("http://127.0.0.1:20244/healthz") }},
		{"CoreDNS answers", func() bool {
			return client.condition("/apis/apps/v1/namespaces/kube-system/deployments/coredns", "Available")
		}},
	}
	for _, step := range steps {
		if err := eventually(step.what, 3*time.Minute, n.running.ended, step.ask); err != nil {
			return fmt.Errorf("%w; see %s", err, n.cluster.path("logs"))
		}
	}
	return nil
}

func healthy(url string) bool {
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get(url)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// applyManifests writes the objects of an embedded file. Each begins with a comment that gives its path in the API.
func applyManifests(client *api, file string, replace *strings.Replacer) error {
	content, err := nodeFiles.ReadFile(file)
	if err != nil {
		return err
	}
	for document := range strings.SplitSeq(replace.Replace(string(content)), "\n---\n") {
		path, object, found := strings.Cut(strings.TrimPrefix(document, "# "), "\n")
		if !found || !strings.HasPrefix(path, "/") {
			return fmt.Errorf("%s: a document without its path", file)
		}
		if err := client.apply(path, object); err != nil {
			return err
		}
	}
	return nil
}
