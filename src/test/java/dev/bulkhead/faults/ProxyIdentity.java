package dev.bulkhead.faults;

import dev.bulkhead.cluster.kubeconfig.TestAuthority;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

/**
 * What a proxy on 127.0.0.1 shows.
 *
 * @param authority the certificate that vouches for it, as PEM
 */
record ProxyIdentity(String authority, TestAuthority.Identity own) {

    static ProxyIdentity make() {
        var authority = new TestAuthority("fault-proxy");
        return new ProxyIdentity(authority.certificate(), authority.serverAt("127.0.0.1"));
    }

    /** What listens under it, on a port that is free. */
    HttpServerOptions server(int longestMessage) {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setUseAlpn(false)
                .setMaxHeaderSize(64 * 1024)
                .setMaxInitialLineLength(64 * 1024)
                .setMaxWebSocketFrameSize(longestMessage)
                .setMaxWebSocketMessageSize(longestMessage)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(own.certificate()))
                        .addKeyValue(Buffer.buffer(own.key())));
    }
}
