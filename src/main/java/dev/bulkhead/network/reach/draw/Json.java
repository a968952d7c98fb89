package dev.bulkhead.network.reach.draw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Layer;
import dev.bulkhead.network.reach.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For programs. */
public final class Json implements Drawing {

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Override
    public String of(Matrix matrix) {
        try {
            return mapper.writeValueAsString(Map.of(
                            "edges", matrix.edges().stream().map(Json::edge).toList()))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and lists that can't be written as JSON", e);
        }
    }

    private static Map<String, Object> edge(Edge edge) {
        var said = new LinkedHashMap<String, Object>();
        said.put("from", edge.from().id());
        said.put("to", edge.to().id());
        said.put("port", edge.portInWords());
        said.put("ports", edge.ports().toString());
        said.put(
                "requests",
                edge.access().requests().isAll()
                        ? List.of("all")
                        : edge.access().requests().inWords());
        said.put("raw", edge.access().raw());
        said.put(
                "enforcedBy",
                edge.enforcedBy().stream().sorted().map(Layer::name).toList());
        said.put("mutualTLS", edge.mutualTls());
        said.put("outlivesACut", edge.outlivesACut());
        said.put("probe", edge.isProbe());
        return said;
    }
}
