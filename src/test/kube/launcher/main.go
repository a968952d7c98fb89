// Command bulkhead-kube starts a Kubernetes for tests from plain programs, without a container engine or a registry,
// and takes it down again without a trace.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
)

const usage = `bulkhead-kube starts a Kubernetes for tests and takes it down again.

  bulkhead-kube up [flags]    start one, print one line of JSON when it is ready, stay until stopped
  bulkhead-kube load --name N ARCHIVE…
                              bring images into the node of a running cluster
  bulkhead-kube sweep         remove what a killed one left behind
  bulkhead-kube image [flags] write an image archive around one static program
  bulkhead-kube up -h         show the flags of "up"
`

func init() {
	// The kernel's "kill me when my parent dies" watches the thread that started the child, not its process.
	// main keeps the first thread for itself, and that one lives as long as the process.
	runtime.LockOSThread()
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			os.Exit(2)
		}
		fmt.Fprintln(os.Stderr, "bulkhead-kube:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		fmt.Fprint(os.Stderr, usage)
		return flag.ErrHelp
	}
	switch args[0] {
	case "up":
		return up(args[1:])
	case "load":
		return loadCommand(args[1:])
	case "sweep":
		return sweepCommand()
	case "image":
		return imageCommand(args[1:])
	case "init":
		return initProcess(args[1:])
	case "inside":
		return inside(args[1:])
	case "probe":
		return probeInside()
	case "help", "-h", "--help":
		fmt.Print(usage)
		return nil
	}
	return fmt.Errorf("unknown command %q; run it without arguments to see what there is", args[0])
}
