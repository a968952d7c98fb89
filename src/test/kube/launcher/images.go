package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// anyUser is a user without a name and without rights.
const anyUser = "65532:65532"

// imageCommand writes an image archive, in the form that "docker save" made common: one layer with one static
// program, beside it a tree of files if there is one, a configuration, and a list of tags. containerd, K3s and Docker all
// read it.
func imageCommand(args []string) error {
	flags := flag.NewFlagSet("bulkhead-kube image", flag.ContinueOnError)
	out := flags.String("out", "", "the archive to write")
	program := flags.String("program", "", "the static program to put into it")
	arguments := flags.String("args", "", "its arguments when nothing else is asked for, separated by blanks")
	tree := flags.String("tree", "", "a folder whose content goes into it as well")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *out == "" || *program == "" || flags.NArg() == 0 {
		return errors.New("image needs --out, --program, and at least one tag")
	}
	archive, err := imageArchive(*program, *tree, strings.Fields(*arguments), flags.Args())
	if err != nil {
		return err
	}
	return os.WriteFile(*out, archive, 0o644)
}

func imageArchive(program, tree string, arguments, tags []string) ([]byte, error) {
	content, err := os.ReadFile(program)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(program)
	files, err := filesOf(tree)
	if err != nil {
		return nil, err
	}
	layer, err := tarOf(append([]entry{
		{"tmp/", nil, 0o1777},
		{name, content, 0o755},
	}, files...)...)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(layer)
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config": map[string]any{
			"User": anyUser, "Entrypoint": []string{"/" + name}, "Cmd": arguments,
			"Env": []string{"PATH=" + searched(tree)},
		},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + hex.EncodeToString(sum[:])}},
	})
	if err != nil {
		return nil, err
	}
	manifest, err := json.Marshal([]map[string]any{
		{"Config": "config.json", "RepoTags": tags, "Layers": []string{"layer.tar"}},
	})
	if err != nil {
		return nil, err
	}
	return tarOf(
		entry{"layer.tar", layer, 0o644},
		entry{"config.json", config, 0o644},
		entry{"manifest.json", manifest, 0o644})
}

func searched(tree string) string {
	if tree == "" {
		return "/"
	}
	return "/:/usr/sbin:/usr/bin"
}

// filesOf follows symbolic links, so that every file is where it is looked for.
func filesOf(tree string) ([]entry, error) {
	if tree == "" {
		return nil, nil
	}
	var files []entry
	err := filepath.WalkDir(tree, func(path string, _ os.DirEntry, err error) error {
		if err != nil || path == tree {
			return err
		}
		name, err := filepath.Rel(tree, path)
		if err != nil {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if info.IsDir() {
			files = append(files, entry{name + "/", nil, 0o755})
			return nil
		}
		content, err := os.ReadFile(path)
		files = append(files, entry{name, content, int64(info.Mode().Perm())})
		return err
	})
	return files, err
}

type entry struct {
	name    string
	content []byte
	mode    int64
}

// tarOf leaves times and owners at zero: the same program always gives the same image.
func tarOf(entries ...entry) ([]byte, error) {
	var out bytes.Buffer
	writer := tar.NewWriter(&out)
	for _, e := range entries {
		kind := byte(tar.TypeReg)
		if strings.HasSuffix(e.name, "/") {
			kind = tar.TypeDir
		}
		header := &tar.Header{Typeflag: kind, Name: e.name, Mode: e.mode, Size: int64(len(e.content))}
		if err := writer.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := writer.Write(e.content); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
