package io.roomcast.chat.socketio.internal.outgoing;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends requests to other servers. Follows no redirect and ignores bodies. Safe for use by any thread; blocks. */
public final class HttpCalls {
    /** The default time limit of a call. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration limit;

    /**
     * Creates an instance without connections.
     *
     * @param limit the time limit of a call
     * @param sslContext verifies the servers; null for the JVM's default
     */
    public HttpCalls(Duration limit, @Nullable SSLContext sslContext) {
        HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
        this.client = (sslContext == null ? builder : builder.sslContext(sslContext)).build();
        this.limit = limit;
    }

    /**
     * Sends a request. The status is the answer, even if the body does not end or the connection breaks within it.
     *
     * @throws NoAnswerException if there is no status within the time limit
     */
    public HttpAnswer send(HttpRequest.Builder request) throws NoAnswerException, InterruptedException {
        AtomicReference<@Nullable HttpAnswer> received = new AtomicReference<>();
        CompletableFuture<HttpResponse<Boolean>> response = client.sendAsync(limited(request), head -> {
            received.set(HttpAnswer.of(head.statusCode(), head.headers()));
            return new Unread();
        });
        String failure = "";
        try {
            HttpResponse<Boolean> unused = response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            failure = "no response within " + limit.toMillis() + " ms";
        } catch (ExecutionException broken) {
            failure = name(broken.getCause());
        } finally {
            response.cancel(true);
        }
        HttpAnswer answer = received.get();
        if (answer == null) {
            throw new NoAnswerException(failure);
        }
        return answer;
    }

    /**
     * Returns the request with the time limit. Without TLS it is one of HTTP/1.1: the client would ask for an upgrade to
     * HTTP/2, and a server that expects upgrades to WebSocket alone may close the connection.
     */
    private HttpRequest limited(HttpRequest.Builder request) {
        HttpRequest limited = request.timeout(limit).build();
        boolean isTls = "https".equalsIgnoreCase(limited.uri().getScheme());
        return isTls ? limited : request.version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Leaves out the message, which may contain the URI. */
    private static String name(@Nullable Throwable cause) {
        return cause == null ? "no response" : cause.getClass().getSimpleName();
    }

    /** Reads a small body, so that the connection can be used again, and closes the connection of a larger one. */
    private static final class Unread implements HttpResponse.BodySubscriber<Boolean> {
        private static final long MAX_BYTES = 16_384;

        private final CompletableFuture<Boolean> body = new CompletableFuture<>();
        private long bytes;
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<Boolean> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            bytes += part.stream().mapToLong(ByteBuffer::remaining).sum();
            if (bytes > MAX_BYTES && subscription != null) {
                subscription.cancel();
                body.complete(true);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(true);
        }
    }
}
