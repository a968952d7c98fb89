package main

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"time"
)

//go:embed audit-policy.yaml
var auditPolicy string

// writeControlPlane makes the keys and files that etcd and the Kubernetes programs read.
func writeControlPlane(c *Cluster) error {
	for _, folder := range []string{"logs", "tmp", "etcd", "storage"} {
		if err := os.MkdirAll(c.path(folder), 0o700); err != nil {
			return err
		}
	}
	a, err := newAuthority(c.path("pki"))
	if err != nil {
		return err
	}
	names := []string{
		"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc",
		"kubernetes.default.svc." + clusterDomain,
	}
	if err := a.server("apiserver", names, "127.0.0.1", firstService, c.Address); err != nil {
		return err
	}
	if err := a.keyPair("service-accounts"); err != nil {
		return err
	}
	const masters = "system:masters"
	users := []struct{ file, name, group string }{
		{"admin", "bulkhead-admin", masters},
		{"kube-controller-manager", "system:kube-controller-manager", masters},
		{"kube-scheduler", "system:kube-scheduler", masters},
		{"kubelet", "system:node:" + realNode, "system:nodes"},
		{"kube-proxy", "system:kube-proxy", masters},
		{"kube-router", "bulkhead-kube-router", masters},
		{"kwok", "bulkhead-kwok", masters},
		{"provisioner", "bulkhead-provisioner", masters},
	}
	for _, u := range users {
		if err := a.user(u.file, u.name, u.group); err != nil {
			return err
		}
		if err := writeKubeconfig(c, u.file); err != nil {
			return err
		}
	}
	if err := os.Rename(c.path("admin.kubeconfig"), c.path("kubeconfig")); err != nil {
		return err
	}
	return os.WriteFile(c.path("audit-policy.yaml"), []byte(auditPolicy), 0o600)
}

// writeKubeconfig holds its keys within itself, so that it can be copied anywhere.
func writeKubeconfig(c *Cluster, user string) error {
	encoded := make([]any, 0, 3)
	for _, file := range []string{"ca.crt", user + ".crt", user + ".key"} {
		data, err := os.ReadFile(c.path("pki", file))
		if err != nil {
			return err
		}
		encoded = append(encoded, base64.StdEncoding.EncodeToString(data))
	}
	values := append([]any{c.Name, c.server()}, encoded...)
	config := fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: %[1]q
clusters:
- name: %[1]q
  cluster:
    server: %[2]s
    certificate-authority-data: %[3]s
users:
- name: %[1]q
  user:
    client-certificate-data: %[4]s
    client-key-data: %[5]s
contexts:
- name: %[1]q
  context:
    cluster: %[1]q
    user: %[1]q
    namespace: default
`, values...)
	return os.WriteFile(c.path(user+".kubeconfig"), []byte(config), 0o600)
}

func etcd(c *Cluster) part {
	client := fmt.Sprintf("http://127.0.0.1:%d", c.Ports.Etcd)
	peer := fmt.Sprintf("http://127.0.0.1:%d", c.Ports.EtcdPeer)
	return part{name: "etcd", before: func() error { return restoreData(c) }, args: []string{
		"kube", "etcd", "--name=one", "--data-dir=" + c.path("etcd"), "--unsafe-no-fsync",
		"--listen-client-urls=" + client, "--advertise-client-urls=" + client,
		"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer, "--initial-cluster=one=" + peer,
		"--log-level=warn", "--quota-backend-bytes=4294967296",
	}}
}

// restoreData puts a copy of etcd's data, which a test has laid ready, in the place of what there is. The test then kills
// etcd and the API server, which are started again: so a cluster is restored from a backup.
func restoreData(c *Cluster) error {
	backup := c.path("etcd.restore")
	if _, err := os.Stat(backup); os.IsNotExist(err) {
		return nil
	}
	if err := os.RemoveAll(c.path("etcd")); err != nil {
		return err
	}
	return os.Rename(backup, c.path("etcd"))
}

func apiServer(c *Cluster) part {
	pki := func(file string) string { return c.path("pki", file) }
	advertised := c.Address
	if c.Mode != modeReal {
		// The Service "kubernetes" can't have a loopback endpoint. Nobody uses this one: there are no real pods.
		advertised = "192.0.2.1"
	}
	return part{name: "kube-apiserver", args: []string{
		"kube", "kube-apiserver",
		fmt.Sprintf("--etcd-servers=http://127.0.0.1:%d", c.Ports.Etcd),
		"--bind-address=" + c.Address, "--secure-port=" + strconv.Itoa(c.Ports.API),
		"--advertise-address=" + advertised, "--service-cluster-ip-range=" + serviceRange,
		"--tls-cert-file=" + pki("apiserver.crt"), "--tls-private-key-file=" + pki("apiserver.key"),
		"--client-ca-file=" + pki("ca.crt"),
		"--kubelet-client-certificate=" + pki("admin.crt"), "--kubelet-client-key=" + pki("admin.key"),
		// Without it "kubectl exec" looks the node's name up in a DNS that doesn't know it.
		"--kubelet-preferred-address-types=InternalIP",
		"--service-account-issuer=https://kubernetes.default.svc." + clusterDomain,
		"--service-account-key-file=" + pki("service-accounts.key"),
		"--service-account-signing-key-file=" + pki("service-accounts.key"),
		"--authorization-mode=Node,RBAC", "--allow-privileged=true", "--profiling=false",
		// Blocking: a request is in the log before its answer is out, so tests can count right after.
		"--audit-policy-file=" + c.path("audit-policy.yaml"), "--audit-log-path=" + c.path("audit.log"),
		"--audit-log-mode=blocking", "--audit-log-maxsize=100000",
		"--event-ttl=3h",
	}}
}

func controllerManager(c *Cluster) part {
	return part{name: "kube-controller-manager", args: []string{
		"kube", "kube-controller-manager", "--kubeconfig=" + c.path("kube-controller-manager.kubeconfig"),
		"--bind-address=127.0.0.1", "--secure-port=" + strconv.Itoa(c.Ports.Manager),
		"--cert-dir=" + c.path("tmp", "manager"), "--leader-elect=false", "--profiling=false",
		"--service-account-private-key-file=" + c.path("pki", "service-accounts.key"),
		"--root-ca-file=" + c.path("pki", "ca.crt"),
		"--cluster-signing-cert-file=" + c.path("pki", "ca.crt"),
		"--cluster-signing-key-file=" + c.path("pki", "ca.key"),
		"--service-cluster-ip-range=" + serviceRange,
		// A busy two-core machine delays a heartbeat; that is no reason to move pods.
		"--node-monitor-grace-period=2m",
		"--kube-api-qps=300", "--kube-api-burst=600",
	}}
}

func scheduler(c *Cluster) part {
	return part{name: "kube-scheduler", args: []string{
		"kube", "kube-scheduler", "--kubeconfig=" + c.path("kube-scheduler.kubeconfig"),
		"--bind-address=127.0.0.1", "--secure-port=" + strconv.Itoa(c.Ports.Scheduler),
		"--cert-dir=" + c.path("tmp", "scheduler"), "--leader-elect=false", "--profiling=false",
		"--kube-api-qps=300", "--kube-api-burst=600",
	}}
}

func startControlPlane(c *Cluster, running *parts, client *api) error {
	for _, one := range []part{etcd(c), apiServer(c)} {
		if err := running.run(one); err != nil {
			return err
		}
	}
	err := eventually("the API server is ready", 2*time.Minute, running.ended, func() bool {
		return client.exists("/readyz")
	})
	if err != nil {
		return err
	}
	programs := []part{controllerManager(c)}
	if c.schedules() {
		programs = append(programs, scheduler(c))
	}
	for _, one := range programs {
		if err := running.run(one); err != nil {
			return err
		}
	}
	return nil
}

// awaitControllers returns when pods can be made: a namespace has its service account and its copy of the CA.
func awaitControllers(running *parts, client *api) error {
	return eventually("kube-controller-manager works", 2*time.Minute, running.ended, func() bool {
		return client.exists("/api/v1/namespaces/default/serviceaccounts/default") &&
			client.exists("/api/v1/namespaces/default/configmaps/kube-root-ca.crt")
	})
}
