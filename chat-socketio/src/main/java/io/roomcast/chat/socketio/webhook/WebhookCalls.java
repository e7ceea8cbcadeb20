package io.roomcast.chat.socketio.webhook;

import java.io.IOException;
import java.net.URI;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends events to one endpoint. Follows no redirect and reads no body. Safe for use by any thread; blocks. */
final class WebhookCalls {
    /** The default time limit of a call. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(10);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int GONE = 410;

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI uri;
    private final WebhookSecrets secrets;
    private final boolean publicAddressesOnly;
    private final Duration limit;

    WebhookCalls(URI uri, WebhookSecrets secrets, boolean publicAddressesOnly, Duration limit) {
        this.uri = uri;
        this.secrets = secrets;
        this.publicAddressesOnly = publicAddressesOnly;
        this.limit = limit;
    }

    /**
     * Sends an event.
     *
     * @param seconds the current time in seconds since 1970
     * @throws WebhookFailure if the receiver does not accept it
     */
    void send(WebhookEvent event, long seconds) throws WebhookFailure, InterruptedException {
        if (publicAddressesOnly && !PublicAddresses.areAll(uri.getHost())) {
            throw new WebhookFailure("the address is not public", false, null);
        }
        HttpResponse<Boolean> response = response(request(event, seconds));
        int status = response.statusCode();
        if (status < OK || status >= REDIRECTS) {
            throw new WebhookFailure("status " + status, status == GONE, retryAfter(response));
        }
    }

    private HttpRequest request(WebhookEvent event, long seconds) {
        byte[] body = event.body();
        return HttpRequest.newBuilder(uri)
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Roomcast-Webhook")
                .header("webhook-id", event.id())
                .header("webhook-timestamp", String.valueOf(seconds))
                .header("webhook-signature", secrets.sign(event.id(), seconds, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private HttpResponse<Boolean> response(HttpRequest request) throws WebhookFailure, InterruptedException {
        CompletableFuture<HttpResponse<Boolean>> answer = client.sendAsync(request, info -> new Unread());
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new WebhookFailure("no response within " + limit.toMillis() + " ms", false, null);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            String name = cause instanceof IOException ? cause.getClass().getSimpleName() : String.valueOf(cause);
            throw new WebhookFailure(name, false, null);
        } finally {
            answer.cancel(true);
        }
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wanted -> wanted.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wanted)
                .orElse(null);
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
