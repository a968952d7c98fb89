package dev.bulkhead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request is read as the API server's own audit log reads it. */
class ProxiedRequestTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    GET,    /version,                                                    get,              '', '', '', '', ''
                    GET,    /api/v1/namespaces/web,                                      get,              '', namespaces, '', '', web
                    POST,   /api/v1/namespaces,                                          create,           '', namespaces, '', '', ''
                    PUT,    /api/v1/namespaces/web/finalize,                             update,           '', namespaces, finalize, '', web
                    GET,    /api/v1/namespaces/web/pods?limit=1,                         list,             '', pods, '', web, ''
                    GET,    /apis/apps/v1/deployments?watch=true&labelSelector=a%3Db,    watch,            apps, deployments, '', '', ''
                    PATCH,  /apis/apps/v1/namespaces/web/deployments/api/status?force=1, patch,            apps, deployments, status, web, api
                    DELETE, /api/v1/namespaces/web/services/api,                         delete,           '', services, '', web, api
                    DELETE, /api/v1/namespaces/web/services,                             deletecollection, '', services, '', web, ''
                    """)
    void itSaysWhatIsDoneToWhat(
            String method,
            String uri,
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {
        var request = ProxiedRequest.of(1, 0, method, uri, "test", "");

        // What isn't an object has no name to get, and is listed in the audit log as a get.
        if (!resource.isEmpty()) {
            assertThat(request.verb()).isEqualTo(verb);
        }
        assertThat(request)
                .extracting(
                        ProxiedRequest::group,
                        ProxiedRequest::resource,
                        ProxiedRequest::subresource,
                        ProxiedRequest::namespace,
                        ProxiedRequest::name)
                .containsExactly(group, resource, subresource, namespace, name);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /api/v1/namespaces/web/pods/a, true",
        "PATCH, /api/v1/namespaces/web/pods/a?dryRun=All, false",
        "GET, /api/v1/namespaces/web/pods/a, false"
    })
    void aDryRunIsNoWrite(String method, String uri, boolean write) {
        assertThat(ProxiedRequest.isWrite(method, uri)).isEqualTo(write);
    }
}
