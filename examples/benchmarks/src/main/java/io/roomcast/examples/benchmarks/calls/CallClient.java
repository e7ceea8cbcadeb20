package io.roomcast.examples.benchmarks.calls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connection of a user, which sends requests and receives calls. Safe for use by any thread. */
final class CallClient implements WebSocket.Listener, AutoCloseable {
    private static final Pattern ACK = Pattern.compile("43(\\d+)\\[(.*)]", Pattern.DOTALL);
    private static final String SUCCESS = "\"success\":true";

    private final String userId;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<CallClient> connected = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final AtomicLong lastAck = new AtomicLong();
    private volatile CompletableFuture<String> ringing = new CompletableFuture<>();
    private CompletableFuture<WebSocket> sending = new CompletableFuture<>();

    private CallClient(String userId) {
        this.userId = userId;
    }

    /** Connects a user, whose id is the token. */
    static CompletableFuture<CallClient> connect(HttpClient http, InetSocketAddress server, String userId) {
        CallClient client = new CallClient(userId);
        URI uri = URI.create("ws://127.0.0.1:" + server.getPort() + "/socket.io/?EIO=4&transport=websocket");
        http.newWebSocketBuilder().buildAsync(uri, client).whenComplete((socket, failure) -> {
            if (failure != null) {
                client.connected.completeExceptionally(failure);
            }
        });
        return client.connected;
    }

    @Override
    public void onOpen(WebSocket socket) {
        synchronized (this) {
            sending.complete(socket);
        }
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
        partial.append(data);
        if (isLast) {
            String packet = partial.toString();
            partial.setLength(0);
            receive(packet);
        }
        socket.request(1);
        return null;
    }

    private void receive(String packet) {
        if (packet.startsWith("0")) {
            send("40{\"token\":\"" + userId + "\"}");
        } else if (packet.equals("2")) {
            send("3");
        } else if (packet.startsWith("42[\"session\"")) {
            connected.complete(this);
        } else if (packet.startsWith("42[\"incomingCall\"")) {
            ringing.complete(field(packet, "callId"));
        } else if (packet.startsWith("43")) {
            answered(packet);
        }
    }

    private void answered(String packet) {
        Matcher ack = ACK.matcher(packet);
        if (ack.matches()) {
            CompletableFuture<String> answer = answers.remove(Long.valueOf(ack.group(1)));
            if (answer != null && ack.group(2).contains(SUCCESS)) {
                answer.complete(ack.group(2));
            } else if (answer != null) {
                answer.completeExceptionally(new IOException(ack.group(2)));
            }
        }
    }

    /** A frame is sent after the one before, as this kind of socket demands. */
    private synchronized void send(String packet) {
        sending = sending.thenCompose(socket -> socket.sendText(packet, true));
    }

    /** Sends a request. Returns the answer, as JSON. */
    CompletableFuture<String> ask(String event, String json) {
        long ack = lastAck.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(ack, answer);
        send("42" + ack + "[\"" + event + "\"," + json + "]");
        return answer;
    }

    /** Prepares for the next call. Returns what completes with its id when it rings. */
    CompletableFuture<String> nextCall() {
        ringing = new CompletableFuture<>();
        return ringing;
    }

    String userId() {
        return userId;
    }

    /** Returns the first value of a field with a text. */
    static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!field.find()) {
            throw new IllegalStateException("no " + name + ": " + json);
        }
        return field.group(1);
    }

    @Override
    public synchronized void close() {
        CompletableFuture<?> unused = sending.thenAccept(WebSocket::abort);
    }
}
