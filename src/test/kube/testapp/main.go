// Command testapp is the service and the client of the tests on real pods: it answers, fails, is late, echoes, dials
// out, and shows its environment and its files.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "testapp:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		args = []string{"serve"}
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	switch args[0] {
	case "serve":
		return serve(ctx, args[1:])
	case "dial":
		return dialCommand(args[1:])
	case "write":
		return writeCommand(args[1:])
	case "pause":
		<-ctx.Done()
		return nil
	case "exit":
		return exitCommand(ctx, args[1:])
	case "load":
		return loadCommand(ctx, args[1:])
	}
	return fmt.Errorf("unknown command %q: use serve, dial, write, exit, load or pause", args[0])
}

// serve listens on every port of --ports or PORTS with the same answers, by TLS on those of --tls or TLS_PORTS, and sends
// back what comes by UDP to those of --udp or UDP_PORTS.
func serve(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	ports := flags.String("ports", environment("PORTS", "8080"), "ports to listen on, separated by commas")
	udp := flags.String("udp", environment("UDP_PORTS", ""), "UDP ports to listen on, separated by commas")
	tlsPorts := flags.String("tls", environment("TLS_PORTS", ""), "ports to listen on by TLS, separated by commas")
	leaf := flags.String("leaf", environment("TLS_DIR", "/etc/tls"), "the folder of tls.crt and tls.key")
	tokens := flags.String("tokens", environment("TOKENS", ""), "the tokens that /guarded accepts, one per line")
	lame := flags.Duration("lame-duck", lameDuck(), "how long to go on after being told to stop, as others still call")
	if err := flags.Parse(args); err != nil {
		return err
	}
	handler := guarded(newHandler(), strings.Fields(*tokens))
	failed := make(chan error, 1)
	for _, port := range strings.FieldsFunc(*udp, func(r rune) bool { return r == ',' }) {
		conn, err := net.ListenPacket("udp", ":"+strings.TrimSpace(port))
		if err != nil {
			return err
		}
		go func() { failed <- sendBack(conn) }()
		fmt.Println("listening on UDP", conn.LocalAddr())
	}
	for _, port := range strings.FieldsFunc(*tlsPorts, func(r rune) bool { return r == ',' }) {
		server := &http.Server{Addr: ":" + strings.TrimSpace(port), Handler: handler, ReadHeaderTimeout: time.Minute}
		go func() { failed <- server.ListenAndServeTLS(*leaf+"/tls.crt", *leaf+"/tls.key") }()
		fmt.Println("listening by TLS on", server.Addr)
	}
	for _, port := range strings.Split(*ports, ",") {
		server := &http.Server{Addr: ":" + strings.TrimSpace(port), Handler: handler, ReadHeaderTimeout: time.Minute}
		go func() { failed <- server.ListenAndServe() }()
		fmt.Println("listening on", server.Addr)
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		time.Sleep(*lame)
		return nil
	}
}

func lameDuck() time.Duration {
	lame, err := time.ParseDuration(environment("LAME_DUCK", "0s"))
	if err != nil {
		return 0
	}
	return lame
}

func sendBack(conn net.PacketConn) error {
	packet := make([]byte, 1<<16)
	for {
		n, from, err := conn.ReadFrom(packet)
		if err != nil {
			return err
		}
		if _, err := conn.WriteTo(packet[:n], from); err != nil {
			fmt.Println("sending back:", err)
		}
	}
}

func newHandler() http.Handler {
	var unhealthy atomic.Bool
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, podName()) })
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if unhealthy.Load() {
			http.Error(w, "told to be unhealthy", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("/fail-health", func(w http.ResponseWriter, r *http.Request) {
		unhealthy.Store(r.FormValue("off") == "")
		fmt.Fprintln(w, "unhealthy:", unhealthy.Load())
	})
	mux.HandleFunc("/fail", func(w http.ResponseWriter, r *http.Request) {
		code, err := strconv.Atoi(r.FormValue("code"))
		if err != nil || code < 200 || code > 599 {
			code = http.StatusInternalServerError
		}
		http.Error(w, "told to fail", code)
	})
	mux.HandleFunc("/delay", delay)
	mux.HandleFunc("/echo", echo)
	mux.HandleFunc("/crash", func(http.ResponseWriter, *http.Request) { os.Exit(3) })
	mux.HandleFunc("GET /env", func(w http.ResponseWriter, _ *http.Request) {
		all := os.Environ()
		sort.Strings(all)
		fmt.Fprintln(w, strings.Join(all, "\n"))
	})
	mux.HandleFunc("GET /files", files)
	mux.HandleFunc("POST /files", func(w http.ResponseWriter, r *http.Request) {
		content, err := io.ReadAll(r.Body)
		if err == nil {
			err = os.WriteFile(r.URL.Query().Get("path"), content, 0o644)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	mux.HandleFunc("/dial", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(dial(r.FormValue("addr"), r.FormValue("path"), timeout(r), r.FormValue("http") != ""))
	})
	mux.HandleFunc("/reached", func(w http.ResponseWriter, r *http.Request) {
		addresses := r.URL.Query()["addr"]
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(reached(addresses, timeout(r)))
	})
	return mux
}

func delay(w http.ResponseWriter, r *http.Request) {
	wait, err := time.ParseDuration(r.FormValue("for"))
	if err != nil {
		http.Error(w, "for: use a duration such as 2s", http.StatusBadRequest)
		return
	}
	select {
	case <-time.After(wait):
		fmt.Fprintln(w, podName())
	case <-r.Context().Done():
	}
}

func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"pod": podName(), "method": r.Method, "uri": r.RequestURI, "host": r.Host, "from": r.RemoteAddr,
		"headers": r.Header, "body": string(body),
	})
}

// files prints a file, or names what is in a folder.
func files(w http.ResponseWriter, r *http.Request) {
	path := filepath.Clean("/" + r.FormValue("path"))
	info, err := os.Stat(path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	if !info.IsDir() {
		http.ServeFile(w, r, path)
		return
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	for _, e := range entries {
		fmt.Fprintln(w, e.Name())
	}
}

func timeout(r *http.Request) time.Duration {
	timeout, err := time.ParseDuration(r.FormValue("timeout"))
	if err != nil {
		return 2 * time.Second
	}
	return timeout
}

// reached dials all addresses at once and says which of them answered.
func reached(addresses []string, timeout time.Duration) []string {
	answered := make([]bool, len(addresses))
	var all sync.WaitGroup
	for i, address := range addresses {
		all.Go(func() { answered[i] = dial(address, "", timeout, false).OK })
	}
	all.Wait()
	found := []string{}
	for i, address := range addresses {
		if answered[i] {
			found = append(found, address)
		}
	}
	return found
}

// dialled is what came of one attempt to reach somebody.
type dialled struct {
	OK     bool   `json:"ok"`
	Status int    `json:"status,omitempty"`
	Body   string `json:"body,omitempty"`
	Error  string `json:"error,omitempty"`
	Ms     int64  `json:"ms"`
}

func dial(address, path string, timeout time.Duration, speakHTTP bool) dialled {
	began := time.Now()
	status, body, err := reach(address, path, timeout, speakHTTP)
	result := dialled{OK: err == nil, Status: status, Body: body, Ms: time.Since(began).Milliseconds()}
	if err != nil {
		result.Error = err.Error()
	}
	return result
}

func reach(address, path string, timeout time.Duration, speakHTTP bool) (int, string, error) {
	if there, ok := strings.CutPrefix(address, "udp/"); ok {
		return 0, "", ping(there, timeout)
	}
	if !speakHTTP {
		connection, err := net.DialTimeout("tcp", address, timeout)
		if err != nil {
			return 0, "", err
		}
		return 0, "", connection.Close()
	}
	// A connection of its own each time: one kept open would pass a policy that came after it.
	client := &http.Client{Timeout: timeout, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://" + address + "/" + strings.TrimPrefix(path, "/"))
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	return response.StatusCode, string(body), err
}

// ping sends one packet and waits for it to come back: UDP has no connection that could be refused.
func ping(address string, timeout time.Duration) error {
	conn, err := net.Dial("udp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(timeout)); err != nil {
		return err
	}
	if _, err := conn.Write([]byte("ping")); err != nil {
		return err
	}
	_, err = conn.Read(make([]byte, 16))
	return err
}

// dialCommand is for "kubectl exec": it prints what came of it, and exits with 1 if nobody was reached.
func dialCommand(args []string) error {
	flags := flag.NewFlagSet("dial", flag.ContinueOnError)
	timeout := flags.Duration("timeout", 2*time.Second, "how long to try")
	speakHTTP := flags.Bool("http", false, "send a GET")
	path := flags.String("path", "/", "path of the GET")
	if err := flags.Parse(args); err != nil {
		return err
	}
	result := dial(flags.Arg(0), *path, *timeout, *speakHTTP)
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		return err
	}
	if !result.OK {
		return errors.New("not reached")
	}
	return nil
}

// writeCommand writes a line to a file and reads it back.
func writeCommand(args []string) error {
	if len(args) != 2 {
		return errors.New("write takes a path and a line")
	}
	if err := os.WriteFile(args[0], []byte(args[1]+"\n"), 0o644); err != nil {
		return err
	}
	content, err := os.ReadFile(args[0])
	fmt.Print(string(content))
	return err
}

// exitCommand is a job that takes --after and ends with --code.
func exitCommand(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("exit", flag.ContinueOnError)
	after := flags.Duration("after", 0, "how long to run before")
	code := flags.Int("code", 0, "the exit code")
	if err := flags.Parse(args); err != nil {
		return err
	}
	select {
	case <-time.After(*after):
	case <-ctx.Done():
	}
	os.Exit(*code)
	return nil
}

func podName() string {
	if name, err := os.Hostname(); err == nil {
		return name
	}
	return "unknown"
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
