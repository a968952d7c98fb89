package dev.bulkhead.api.v1alpha1;

import java.util.List;

public record ExecProbe(List<String> command) {

    public ExecProbe {
        command = Absent.or(command);
    }
}
