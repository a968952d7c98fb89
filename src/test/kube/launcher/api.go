package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// api is the little of a Kubernetes client that starting a cluster takes.
type api struct {
	server string
	http   *http.Client
}

func newAPI(c *Cluster) (*api, error) {
	certificate, err := tls.LoadX509KeyPair(c.path("pki", "admin.crt"), c.path("pki", "admin.key"))
	if err != nil {
		return nil, err
	}
	ca, err := os.ReadFile(c.path("pki", "ca.crt"))
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	// No proxy: what the environment names is for the world outside.
	transport := &http.Transport{TLSClientConfig: &tls.Config{
		Certificates: []tls.Certificate{certificate}, RootCAs: pool, MinVersion: tls.VersionTLS12,
	}}
	return &api{c.server(), &http.Client{Transport: transport, Timeout: 10 * time.Second}}, nil
}

func (a *api) do(method, path, contentType string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(context.Background(), method, a.server+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "bulkhead-kube")
	request.Header.Set("Accept", "application/json")
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := a.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode >= 300 {
		return nil, fmt.Errorf("%s %s: %s: %s", method, path, response.Status, firstLine(answer))
	}
	return answer, nil
}

func (a *api) exists(path string) bool {
	_, err := a.do(http.MethodGet, path, "", nil)
	return err == nil
}

// apply writes one object, in YAML or JSON, by server-side apply.
func (a *api) apply(path, object string) error {
	_, err := a.do(http.MethodPatch, path+"?fieldManager=bulkhead-kube&force=true", "application/apply-patch+yaml",
		[]byte(object))
	return err
}

// condition tells whether the object has the condition, and has it True.
func (a *api) condition(path, kind string) bool {
	answer, err := a.do(http.MethodGet, path, "", nil)
	if err != nil {
		return false
	}
	var object struct {
		Status struct {
			Conditions []struct{ Type, Status string }
		}
	}
	if json.Unmarshal(answer, &object) != nil {
		return false
	}
	for _, c := range object.Status.Conditions {
		if c.Type == kind {
			return c.Status == "True"
		}
	}
	return false
}

func firstLine(text []byte) string {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	if len(text) > 400 {
		text = text[:400]
	}
	return string(text)
}
