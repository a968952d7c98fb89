package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestItFailsAsTold(t *testing.T) {
	server := httptest.NewServer(newHandler())
	defer server.Close()
	if code, _ := get(t, server.URL+"/fail?code=503"); code != 503 {
		t.Errorf("asked for 503, got %d", code)
	}
}

func TestItsHealthCanBeTurnedOffAndOn(t *testing.T) {
	server := httptest.NewServer(newHandler())
	defer server.Close()
	for _, step := range []struct {
		path string
		want int
	}{{"", 200}, {"/fail-health", 503}, {"/fail-health?off=1", 200}} {
		if step.path != "" {
			get(t, server.URL+step.path)
		}
		if code, _ := get(t, server.URL+"/healthz"); code != step.want {
			t.Errorf("after %q /healthz answers %d, not %d", step.path, code, step.want)
		}
	}
}

func TestItIsLateAsTold(t *testing.T) {
	server := httptest.NewServer(newHandler())
	defer server.Close()
	began := time.Now()
	get(t, server.URL+"/delay?for=150ms")
	if took := time.Since(began); took < 150*time.Millisecond {
		t.Errorf("answered after %s", took)
	}
}

func TestItDialsOutAndTellsWhatCameOfIt(t *testing.T) {
	server := httptest.NewServer(newHandler())
	defer server.Close()
	there := strings.TrimPrefix(server.URL, "http://")
	for address, want := range map[string]bool{there: true, "127.0.0.1:1": false} {
		_, body := get(t, server.URL+"/dial?http=1&path=healthz&addr="+address)
		var result dialled
		if err := json.Unmarshal([]byte(body), &result); err != nil {
			t.Fatal(err)
		}
		if result.OK != want || want && result.Status != 200 || !want && result.Error == "" {
			t.Errorf("%s: %+v", address, result)
		}
	}
}

func TestItTellsWhoAnswersByTCPAndByUDP(t *testing.T) {
	server := httptest.NewServer(newHandler())
	defer server.Close()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go sendBack(conn)
	tcp, udp := strings.TrimPrefix(server.URL, "http://"), "udp/"+conn.LocalAddr().String()
	_, body := get(t, server.URL+"/reached?timeout=2s&addr="+tcp+"&addr=127.0.0.1:1&addr="+udp+"&addr=udp/127.0.0.1:1")
	var answered []string
	if err := json.Unmarshal([]byte(body), &answered); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(answered, []string{tcp, udp}) {
		t.Errorf("%q answered", answered)
	}
}

func TestItShowsFilesAndFolders(t *testing.T) {
	server := httptest.NewServer(newHandler())
	defer server.Close()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "key"), []byte("value"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, body := get(t, server.URL+"/files?path="+folder); body != "key\n" {
		t.Errorf("the folder holds %q", body)
	}
	if _, body := get(t, server.URL+"/files?path="+folder+"/key"); body != "value" {
		t.Errorf("the file holds %q", body)
	}
}
