// Command kstatus says what other tools make of an object's status. It reads objects as JSON from stdin, and writes for
// each a line of JSON: the verdict of kstatus (which Flux and others use), and that of the Lua script for Argo CD that
// is named on the command line.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type verdict struct {
	Kstatus        string `json:"kstatus"`
	KstatusMessage string `json:"kstatusMessage"`
	Argo           string `json:"argo"`
	ArgoMessage    string `json:"argoMessage"`
}

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "kstatus:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("usage: kstatus health.lua < objects.json")
	}
	script, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(in)
	encoder := json.NewEncoder(out)
	for {
		object := map[string]any{}
		if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("stdin is not a stream of JSON objects: %w", err)
		}
		v, err := judge(object, string(script))
		if err != nil {
			return err
		}
		if err := encoder.Encode(v); err != nil {
			return err
		}
	}
}

func judge(object map[string]any, script string) (verdict, error) {
	u := &unstructured.Unstructured{Object: integers(object).(map[string]any)}
	result, err := status.Compute(u)
	if err != nil {
		return verdict{}, fmt.Errorf("kstatus cannot judge %s: %w", u.GetName(), err)
	}
	health, message, err := argo(object, script)
	if err != nil {
		return verdict{}, fmt.Errorf("the Lua script cannot judge %s: %w", u.GetName(), err)
	}
	return verdict{
		Kstatus: result.Status.String(), KstatusMessage: result.Message,
		Argo: health, ArgoMessage: message,
	}, nil
}

// argo runs the script as Argo CD does: the object is the global obj, and the answer a table. A deletion is judged
// before any script.
func argo(object map[string]any, script string) (string, string, error) {
	if metadata, ok := object["metadata"].(map[string]any); ok && metadata["deletionTimestamp"] != nil {
		return "Progressing", "Pending deletion", nil
	}
	state := lua.NewState()
	defer state.Close()
	state.SetGlobal("obj", table(state, object))
	if err := state.DoString(script); err != nil {
		return "", "", err
	}
	answer, ok := state.Get(-1).(*lua.LTable)
	if !ok {
		return "", "", errors.New("it returned no table")
	}
	return lua.LVAsString(answer.RawGetString("status")), lua.LVAsString(answer.RawGetString("message")), nil
}

func table(state *lua.LState, value any) lua.LValue {
	switch v := value.(type) {
	case map[string]any:
		t := state.NewTable()
		for key, item := range v {
			t.RawSetString(key, table(state, item))
		}
		return t
	case []any:
		t := state.NewTable()
		for _, item := range v {
			t.Append(table(state, item))
		}
		return t
	case string:
		return lua.LString(v)
	case float64:
		return lua.LNumber(v)
	case bool:
		return lua.LBool(v)
	}
	return lua.LNil
}

// integers turns whole floats into int64, the only number that the accessors of unstructured objects read as a generation.
func integers(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, item := range v {
			out[key] = integers(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = integers(item)
		}
		return out
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
	}
	return value
}
