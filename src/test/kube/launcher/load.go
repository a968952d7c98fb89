package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// loadCommand brings images into the node of a running cluster, from outside of it.
func loadCommand(args []string) error {
	flags := flag.NewFlagSet("bulkhead-kube load", flag.ContinueOnError)
	name := flags.String("name", "", "the cluster")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *name == "" || flags.NArg() == 0 {
		return errors.New("load needs --name and at least one image archive")
	}
	r, err := openRecords()
	if err != nil {
		return err
	}
	c, err := readCluster(r.file(*name))
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("no cluster named %q is running; start it with bulkhead-kube up --name %[1]s", *name)
	}
	if err != nil {
		return err
	}
	if c.Mode != modeReal {
		say("%s has no real node, so it needs no images", c.Name)
		return nil
	}
	// The node's own /run, seen through the process that lives in it.
	socket := filepath.Join("/proc", fmt.Sprint(c.Pid), "root", runtimeSocket)
	return importArchives(socket, flags.Args())
}

func importArchives(socket string, archives []string) error {
	ctr, err := lookUp("ctr")
	if err != nil {
		return err
	}
	for _, archive := range archives {
		command := exec.Command(ctr, "-a", socket, "-n", "k8s.io", "images", "import", archive)
		if output, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("import %s: %w: %s", archive, err, firstLine(output))
		}
	}
	return nil
}
