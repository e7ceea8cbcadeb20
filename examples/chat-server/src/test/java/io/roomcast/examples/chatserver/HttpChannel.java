package io.roomcast.examples.chatserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Sends messages over HTTP. */
final class HttpChannel implements RetryingSender.Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Executor DELAYED = CompletableFuture.delayedExecutor(40, TimeUnit.MILLISECONDS);

    private final HttpClient http;
    private final String url;

    HttpChannel(HttpClient http, String url) {
        this.http = http;
        this.url = url;
    }

    @Override
    public void send(ObjectNode message, RetryingSender.Listener listener) {
        http.sendAsync(request(message), BodyHandlers.ofString())
                .thenAccept(response -> answered(response.body(), listener))
                .exceptionally(failure -> {
                    DELAYED.execute(listener::lost);
                    return null;
                });
    }

    private HttpRequest request(ObjectNode message) {
        URI messages = URI.create(
                url + "/api/conversations/" + message.get("conversationId").asText() + "/messages");
        return HttpRequest.newBuilder(messages)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", message.get("clientMessageId").asText())
                .POST(BodyPublishers.ofString(message.toString()))
                .build();
    }

    private static void answered(String body, RetryingSender.Listener listener) {
        try {
            listener.answered(JSON.readTree(body));
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    @Override
    public void close() {}
}
