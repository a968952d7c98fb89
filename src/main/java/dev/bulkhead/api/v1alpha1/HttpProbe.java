package dev.bulkhead.api.v1alpha1;

public record HttpProbe(String path, String port) {

    public HttpProbe {
        path = Absent.or(path, "/");
    }
}
