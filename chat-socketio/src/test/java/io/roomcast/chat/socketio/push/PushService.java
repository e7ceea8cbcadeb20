package io.roomcast.chat.socketio.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A push service on loopback, over HTTPS, that records messages and answers as the test says. */
public final class PushService implements AutoCloseable {
    private static final int CREATED = 201;
    private static final char[] PASSWORD = "password".toCharArray();

    /**
     * A message.
     *
     * @param headers by names in lower case
     * @param body the encrypted payload
     */
    public record Received(String path, Map<String, String> headers, byte[] body) {}

    /** Answers a message. */
    public interface Answer {
        /** Answers a message. */
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** The messages in their order. */
    public final List<Received> received = new CopyOnWriteArrayList<>();

    /** Accepts messages until a test sets it. */
    public volatile Answer answer = exchange -> exchange.sendResponseHeaders(CREATED, -1);

    private final X509Bundle certificate;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Starts the service. */
    public PushService() throws Exception {
        certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ownContext()));
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private SSLContext ownContext() throws Exception {
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        X509Certificate[] chain = {certificate.getCertificate()};
        keys.setKeyEntry("service", certificate.getKeyPair().getPrivate(), PASSWORD, chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Returns a context that trusts the service. */
    public SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("service", certificate.getCertificate());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(lower(name), values.get(0)));
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    headers,
                    exchange.getRequestBody().readAllBytes()));
            answer.to(exchange);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the host and the port, as {@link WebPush.Builder#pushServices} takes them. */
    public String host() {
        return "localhost:" + server.getAddress().getPort();
    }

    /** Returns the endpoint of a subscription. */
    public String endpoint(String id) {
        return "https://" + host() + "/push/" + id;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
