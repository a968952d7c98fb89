package dev.bulkhead.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What kstatus itself, and our Lua script as Argo CD would run it, make of an object. */
public final class Verdicts {

    private final Path program;
    private final Path script;
    private final ObjectMapper json = new ObjectMapper();

    /** {@code kstatus} is Current, InProgress, Failed or Terminating; {@code argo} is one of Argo CD's words for health. */
    public record Verdict(String kstatus, String kstatusMessage, String argo, String argoMessage) {}

    Verdicts(Path program, Path script) {
        this.program = program;
        this.script = script;
    }

    public Verdict of(GenericKubernetesResource object) {
        return of(List.of(object)).getFirst();
    }

    /** In the order of the objects. */
    public List<Verdict> of(List<GenericKubernetesResource> objects) {
        var input = objects.stream().map(this::write).collect(Collectors.joining("\n"));
        var command = List.of(program.toString(), script.toString());
        var result = Commands.call(command, input, Duration.ofSeconds(30), _ -> {});
        if (result.code() != 0) {
            throw new IllegalStateException(result.errors());
        }
        try (MappingIterator<Verdict> verdicts = json.readerFor(Verdict.class).readValues(result.output())) {
            return verdicts.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException("not a verdict: " + result.output(), e);
        }
    }

    private String write(GenericKubernetesResource object) {
        try {
            return json.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
