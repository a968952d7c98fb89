module bulkhead.dev/kube/testapp

go 1.26.0
