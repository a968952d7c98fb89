// Command coredns answers for cluster.local, with the plugins that takes and no others.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/loop"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"
	_ "github.com/coredns/coredns/plugin/template"
)

// The order in which a question passes through the plugins; CoreDNS's own list comes with a package that imports all.
func init() {
	dnsserver.Directives = []string{
		"reload", "health", "ready", "errors", "cache", "kubernetes", "template", "loop", "forward",
	}
}

func main() {
	coremain.Run()
}
