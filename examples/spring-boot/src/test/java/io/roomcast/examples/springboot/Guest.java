package io.roomcast.examples.springboot;

import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;

/** A Socket.IO client with a token. */
final class Guest implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 10;

    private final Queue<JSONObject> messages = new ConcurrentLinkedQueue<>();
    private final Queue<JSONObject> events = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<JSONObject> refusal = new CompletableFuture<>();
    private final CompletableFuture<JSONObject> drainNotice = new CompletableFuture<>();
    private final Socket socket;

    Guest(int port, String token) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(Map.of("token", token))
                .build();
        socket = IO.socket(URI.create("http://127.0.0.1:" + port), options);
        socket.on(Socket.EVENT_CONNECT_ERROR, reason -> refusal.complete((JSONObject) reason[0]));
        socket.on("receiveMessage", event -> messages.add(((JSONObject) event[0]).optJSONObject("message")));
        socket.on("customEvent", event -> events.add((JSONObject) event[0]));
        socket.on("serverDraining", event -> drainNotice.complete((JSONObject) event[0]));
        socket.connect();
    }

    /** Sends an event and returns the acknowledgement. */
    JSONObject ask(String event, Map<String, Object> payload) {
        CompletableFuture<JSONObject> answer = new CompletableFuture<>();
        socket.emit(event, new Object[] {new JSONObject(payload)}, (Ack)
                answers -> answer.complete((JSONObject) answers[0]));
        return within(answer);
    }

    private static JSONObject within(CompletableFuture<JSONObject> answer) {
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    JSONObject conversations() {
        return ask("getConversations", Map.of());
    }

    JSONObject join(String conversationId) {
        return ask("joinRoom", Map.of("conversationId", conversationId));
    }

    JSONObject send(String conversationId, String content) {
        return ask("sendMessage", Map.of("conversationId", conversationId, "content", content));
    }

    /** Waits for the next message and returns its sender and content. */
    List<String> nextMessage() {
        JSONObject message = await("a message").until(messages::poll, next -> next != null);
        return List.of(message.optString("senderId"), message.optString("content"));
    }

    /** Waits for the next event of the application's own. */
    JSONObject nextEvent() {
        return await("an event").until(events::poll, next -> next != null);
    }

    /** Waits for the reason for which the server refused the connection. */
    JSONObject refusal() {
        return within(refusal);
    }

    /** Waits for the event that the server sends before it stops. */
    JSONObject drainNotice() {
        return within(drainNotice);
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
