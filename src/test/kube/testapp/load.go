package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"sync"
	"time"
)

// count is what a load has seen since it last told the tally.
type count struct {
	Name   string `json:"name"`
	OK     int    `json:"ok"`
	Failed int    `json:"failed"`
	Last   string `json:"last,omitempty"`
}

// guarded adds to the answers /guarded, for those who show one of some tokens, and /tally, which adds up what loads tell
// it, and outlives them.
func guarded(inner http.Handler, tokens []string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", inner)
	mux.HandleFunc("GET /guarded", func(w http.ResponseWriter, r *http.Request) {
		for _, token := range tokens {
			if r.Header.Get("Authorization") == "Bearer "+token {
				fmt.Fprintln(w, podName())
				return
			}
		}
		http.Error(w, fmt.Sprintf("not one of %d tokens", len(tokens)), http.StatusUnauthorized)
	})
	var lock sync.Mutex
	totals := map[string]*count{}
	mux.HandleFunc("POST /tally", func(w http.ResponseWriter, r *http.Request) {
		var told count
		if err := json.NewDecoder(r.Body).Decode(&told); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		lock.Lock()
		defer lock.Unlock()
		total := totals[told.Name]
		if total == nil {
			total = &count{Name: told.Name}
			totals[told.Name] = total
		}
		total.OK += told.OK
		total.Failed += told.Failed
		if told.Last != "" {
			total.Last = told.Last
		}
	})
	mux.HandleFunc("GET /tally", func(w http.ResponseWriter, _ *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(totals)
	})
	return mux
}

// loadCommand asks again and again for one thing, and tells a tally how often it got it. The values that it needs are
// read once, at the start: a new one takes a new pod, as with most programs.
func loadCommand(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	name := flags.String("name", "load", "what the tally calls it")
	tally := flags.String("tally", "", "address of the tally")
	every := flags.Duration("every", 100*time.Millisecond, "how long from one try to the next")
	page := flags.String("url", "", "ask for this, with the token of the variable TOKEN")
	shake := flags.String("tls", "", "shake hands with this address")
	await := flags.String("await", "", "begin when somebody answers at this address")
	roots := flags.String("ca", "", "the file of the authorities that --tls trusts")
	if err := flags.Parse(args); err != nil {
		return err
	}
	try, err := errand(*page, *shake, *roots, flags.Args())
	if err != nil {
		return err
	}
	for _, peer := range []string{*await, *shake, hostOf(*page)} {
		if peer != "" {
			somebody(ctx, peer)
		}
	}
	seen := count{Name: *name}
	next := time.NewTicker(*every)
	defer next.Stop()
	for told := time.Now(); ; {
		if err := try(); err != nil {
			seen.Failed++
			seen.Last = fmt.Sprintf("%s %s: %v", time.Now().UTC().Format(time.TimeOnly), podName(), err)
			fmt.Println(seen.Last)
		} else {
			seen.OK++
		}
		if time.Since(told) > time.Second {
			if tell(*tally, seen) == nil {
				seen = count{Name: *name}
			}
			told = time.Now()
		}
		if ctx.Err() != nil {
			return lastWord(*tally, seen)
		}
		select {
		case <-next.C:
		case <-ctx.Done():
		}
	}
}

func hostOf(address string) string {
	if there, err := url.Parse(address); err == nil && there.Host != "" {
		if there.Port() == "" {
			return there.Host + ":80"
		}
		return there.Host
	}
	return ""
}

// somebody waits until a connection comes about at all: before that the peer isn't up, or those who enforce NetworkPolicy
// don't know this pod yet, and what it asks for makes no difference.
func somebody(ctx context.Context, peer string) {
	for ctx.Err() == nil && !dial(peer, "", time.Second, false).OK {
		time.Sleep(200 * time.Millisecond)
	}
}

// lastWord is told before the pod goes, or a failure of its last moments would never be known.
func lastWord(tally string, seen count) error {
	for range 10 {
		if seen.OK+seen.Failed == 0 || tell(tally, seen) == nil {
			return nil
		}
		time.Sleep(500 * time.Millisecond)
	}
	return errors.New("nobody took the last counts")
}

func errand(page, address, roots string, command []string) (func() error, error) {
	const patience = 5 * time.Second
	switch {
	case page != "":
		client := &http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
		return func() error { return ask(client, page, os.Getenv("TOKEN")) }, nil
	case address != "":
		pem, err := os.ReadFile(roots)
		if err != nil {
			return nil, err
		}
		trusted := x509.NewCertPool()
		if !trusted.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("no certificate in %s", roots)
		}
		dialer := &net.Dialer{Timeout: patience}
		return func() error {
			connection, err := tls.DialWithDialer(dialer, "tcp", address, &tls.Config{RootCAs: trusted})
			if err != nil {
				return err
			}
			return connection.Close()
		}, nil
	case len(command) > 0:
		return func() error {
			// Not bound to the context: what is under way when the pod is told to stop is still to be counted.
			output, err := exec.Command(command[0], command[1:]...).CombinedOutput()
			if err != nil {
				return fmt.Errorf("%w: %s", err, bytes.TrimSpace(output))
			}
			return nil
		}, nil
	}
	return nil, errors.New("load needs --url, --tls or a command")
}

func ask(client *http.Client, page, token string) error {
	request, err := http.NewRequest(http.MethodGet, page, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", response.Status, bytes.TrimSpace(body))
	}
	return err
}

func tell(address string, seen count) error {
	body, err := json.Marshal(seen)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 2 * time.Second}
	response, err := client.Post("http://"+address+"/tally", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	return nil
}
