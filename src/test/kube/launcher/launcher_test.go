package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestTwoClustersNeverShareAPort(t *testing.T) {
	r := records{t.TempDir()}
	first, second := &Cluster{Name: "first", Mode: modeNone}, &Cluster{Name: "second", Mode: modeSimulated}
	for _, c := range []*Cluster{first, second} {
		if err := r.allocate(c); err != nil {
			t.Fatal(err)
		}
		if err := writeJSON(r.file(c.Name), c); err != nil {
			t.Fatal(err)
		}
	}
	taken := map[int]string{}
	for _, c := range []*Cluster{first, second} {
		for _, port := range []int{
			c.Ports.API, c.Ports.Etcd, c.Ports.EtcdPeer, c.Ports.Manager, c.Ports.Scheduler, c.Ports.Kwok,
		} {
			if owner, found := taken[port]; found {
				t.Errorf("port %d was given to %s and to %s", port, owner, c.Name)
			}
			taken[port] = c.Name
		}
	}
}

func TestAPortThatSomebodyListensOnIsNotGiven(t *testing.T) {
	r := records{t.TempDir()}
	probe := &Cluster{Name: "probe", Mode: modeNone}
	if err := r.allocate(probe); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(probe.Ports.API)))
	if err != nil {
		t.Skip("somebody else was faster:", err)
	}
	defer listener.Close()
	c := &Cluster{Name: "other", Mode: modeNone}
	if err := r.allocate(c); err != nil {
		t.Fatal(err)
	}
	if c.Ports.API == probe.Ports.API {
		t.Errorf("port %d was given although somebody listens there", c.Ports.API)
	}
}

func TestTwoRealNodesGetTwoCables(t *testing.T) {
	r := records{t.TempDir()}
	first, second := &Cluster{Name: "first", Mode: modeReal}, &Cluster{Name: "second", Mode: modeReal}
	for _, c := range []*Cluster{first, second} {
		if err := r.allocate(c); err != nil {
			t.Fatal(err)
		}
		if err := writeJSON(r.file(c.Name), c); err != nil {
			t.Fatal(err)
		}
	}
	if first.Veth == second.Veth || first.Address == second.Address || first.HostAddress == second.HostAddress {
		t.Errorf("both got %s %s %s", first.Veth, first.HostAddress, first.Address)
	}
	if len(first.Veth) > 15 {
		t.Errorf("the kernel takes no interface name as long as %s", first.Veth)
	}
}

func TestARunningClusterIsNotSwept(t *testing.T) {
	r := records{t.TempDir()}
	c := &Cluster{Name: "alive", Mode: modeNone, Dir: filepath.Join(t.TempDir(), "alive")}
	lock, err := r.hold(c.Name)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeJSON(r.file(c.Name), c); err != nil {
		t.Fatal(err)
	}
	if err := makeDirectory(c); err != nil {
		t.Fatal(err)
	}
	if err := sweep(r); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.Dir); err != nil {
		t.Error("the directory of a running cluster was removed")
	}
	lock.Close()
	if err := sweep(r); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{c.Dir, r.file(c.Name)} {
		if _, err := os.Stat(left); err == nil {
			t.Error("a dead cluster left", left)
		}
	}
}

func TestADirectoryThatIsNotOursIsNeitherUsedNorRemoved(t *testing.T) {
	r := records{t.TempDir()}
	c := &Cluster{Name: "guest", Mode: modeNone, Dir: t.TempDir()}
	precious := filepath.Join(c.Dir, "precious")
	if err := os.WriteFile(precious, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := makeDirectory(c); err == nil {
		t.Error("a directory with files in it was accepted")
	}
	if err := remove(r, c); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error("somebody's file was removed")
	}
}

func TestAKubeconfigSurvivesANameThatYAMLTakesForSomethingElse(t *testing.T) {
	c := &Cluster{Name: "n", Mode: modeNone, Dir: t.TempDir(), Address: "127.0.0.1", Ports: Ports{API: 1}}
	if err := writeControlPlane(c); err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(c.path("kubeconfig"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(config), `current-context: "n"`) {
		t.Errorf("the name is not quoted:\n%s", config)
	}
}

func TestAnImageNamesItsLayerAndItsTags(t *testing.T) {
	program := filepath.Join(t.TempDir(), "hello")
	if err := os.WriteFile(program, []byte("program"), 0o755); err != nil {
		t.Fatal(err)
	}
	archive, err := imageArchive(program, "", []string{"serve"}, []string{"registry.example.com/hello:1"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := imageArchive(program, "", []string{"serve"}, []string{"registry.example.com/hello:1"})
	if err != nil || !bytes.Equal(archive, again) {
		t.Error("the same program gave two images", err)
	}
	files := untar(t, archive)
	var manifest []struct {
		Config           string
		RepoTags, Layers []string
	}
	if err := json.Unmarshal(files["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest) != 1 || manifest[0].RepoTags[0] != "registry.example.com/hello:1" {
		t.Fatalf("manifest: %+v", manifest)
	}
	layer := untar(t, files[manifest[0].Layers[0]])
	if string(layer["hello"]) != "program" {
		t.Error("the layer misses the program")
	}
	if !strings.Contains(string(files[manifest[0].Config]), `"User":"65532:65532"`) {
		t.Error("the image runs as root")
	}
}

func untar(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	reader := tar.NewReader(bytes.NewReader(archive))
	for {
		header, err := reader.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[header.Name], err = io.ReadAll(reader); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWrongFlagsAreRefusedInOneSentence(t *testing.T) {
	for _, args := range [][]string{
		{"--node", "imaginary"}, {"--name", "Not A Name"}, {"--node", "real", "--nodes", "2"}, {"stray"},
	} {
		if _, err := upOptions(args); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v: %v", args, err)
		}
	}
}
