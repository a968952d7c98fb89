package dev.bulkhead.cluster.capability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Questions that the client has no words for. */
public final class Raw {

    private static final String DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";
    private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String ALL_METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private final KubernetesClient client;
    private final ObjectMapper mapper = new ObjectMapper();

    public Raw(KubernetesClient client) {
        this.client = client;
    }

    /** All groups with all their kinds at once, instead of one request for each version of each. */
    JsonNode discovery(String path) {
        return get(path, DISCOVERY);
    }

    /** A definition without its schemas, which are long. */
    JsonNode definition(String name) {
        return metadata("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name);
    }

    /** An object without what is in it: that doesn't even come over the wire. */
    public JsonNode metadata(String path) {
        return get(path, METADATA);
    }

    /** The same of a list. */
    public JsonNode allMetadata(String path) {
        return get(path, ALL_METADATA);
    }

    private JsonNode get(String path, String accept) {
        var http = ((Client) client).getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(URLUtils.join(client.getConfiguration().getMasterUrl(), path))
                .header("Accept", accept + ",application/json")
                .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS)
                .build();
        try {
            var answer = http.sendAsync(request, String.class).get();
            if (!answer.isSuccessful()) {
                throw new KubernetesClientException("GET %s: %d".formatted(path, answer.code()), answer.code(), null);
            }
            return mapper.readTree(answer.body());
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        } catch (ExecutionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KubernetesClientException.launderThrowable(e);
        }
    }
}
