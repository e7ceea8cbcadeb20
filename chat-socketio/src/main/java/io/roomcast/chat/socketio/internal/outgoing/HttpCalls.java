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
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends requests to other servers. Follows no redirect and reads no body. Safe for use by any thread; blocks. */
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
     * Sends a request.
     *
     * @throws NoAnswerException if there is no complete response within the time limit
     */
    public HttpAnswer send(HttpRequest.Builder request) throws NoAnswerException, InterruptedException {
        CompletableFuture<HttpResponse<Boolean>> answer = client.sendAsync(limited(request), info -> new Unread());
        try {
            HttpResponse<Boolean> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return HttpAnswer.of(response.statusCode(), response.headers());
        } catch (TimeoutException late) {
            throw new NoAnswerException("no response within " + limit.toMillis() + " ms");
        } catch (ExecutionException failure) {
            throw new NoAnswerException(name(failure.getCause()));
        } finally {
            answer.cancel(true);
        }
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
