package io.roomcast.chat.socketio.clients;

import static org.awaitility.Awaitility.await;

import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import io.socket.engineio.parser.Packet;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import org.json.JSONObject;

/**
 * The chat page of a front end written for the Node server, with the Java client. It uses no acks, no token and plain
 * strings.
 */
final class JavaChatPage implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final Duration POLL = Duration.ofMinutes(1);
    private static final List<String> HEARD =
            List.of("session", "receiveMessage", "messageError", "userTyping", "userStoppedTyping");

    private final String userId;
    private final Socket socket;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<Carried> carried = new CopyOnWriteArrayList<>();

    private record Heard(String event, JSONObject data) {}

    private record Carried(String transport, Packet<?> packet) {}

    /** Creates a page that connects. Without transports, it starts with polling and upgrades, which is the default. */
    JavaChatPage(String url, String userId, String... transports) {
        this.userId = userId;
        this.socket = IO.socket(URI.create(url), options(transports));
        socket.io().on(Manager.EVENT_TRANSPORT, arguments -> watch((Transport) arguments[0]));
        HEARD.forEach(event -> socket.on(event, arguments -> heard.add(new Heard(event, (JSONObject) arguments[0]))));
        socket.connect();
    }

    /**
     * Returns options with a separate HTTP client. A shared one allows only five concurrent requests to a host, from
     * all tests.
     */
    private static IO.Options options(String... transports) {
        IO.Options options = IO.Options.builder().setForceNew(true).build();
        OkHttpClient http = new OkHttpClient.Builder().readTimeout(POLL).build();
        options.callFactory = http;
        options.webSocketFactory = http;
        if (transports.length > 0) {
            options.transports = transports;
        }
        return options;
    }

    private void watch(Transport transport) {
        transport.on(
                Transport.EVENT_PACKET,
                arguments -> carried.add(new Carried(transport.name, (Packet<?>) arguments[0])));
    }

    String userId() {
        return userId;
    }

    void join(String conversationId) {
        socket.emit("joinRoom", conversationId);
    }

    /** Joins a room and waits until it has joined. Without acks, receiving its own message is the only confirmation. */
    void joinAndProve(String conversationId, String marker) {
        join(conversationId);
        sendAndProve(conversationId, marker);
    }

    void leave(String conversationId) {
        socket.emit("leaveRoom", conversationId);
    }

    void send(String conversationId, String content) {
        send(Map.of("conversationId", conversationId, "senderId", userId, "content", content, "type", "text"));
    }

    void sendFile(String conversationId, String content, String fileUrl, String fileName) {
        Map<String, String> message = new HashMap<>();
        message.put("conversationId", conversationId);
        message.put("senderId", userId);
        message.put("content", content);
        message.put("type", "file");
        message.put("fileUrl", fileUrl);
        message.put("fileName", fileName);
        send(message);
    }

    void send(Map<String, String> message) {
        socket.emit("sendMessage", new JSONObject(message));
    }

    JSONObject sendAndProve(String conversationId, String content) {
        send(conversationId, content);
        return message(content);
    }

    void typing(String conversationId) {
        socket.emit("typing", new JSONObject(Map.of("conversationId", conversationId, "userId", userId)));
    }

    void stopTyping(String conversationId) {
        socket.emit("stopTyping", new JSONObject(Map.of("conversationId", conversationId, "userId", userId)));
    }

    /** Returns the message with the given content. Waits for it. */
    JSONObject message(String content) {
        return await("'" + content + "' at " + userId)
                .atMost(TIMEOUT)
                .pollInterval(GLANCE)
                .until(() -> messageNow(content), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JSONObject> messageNow(String content) {
        return messages().stream()
                .filter(message -> content.equals(message.optString("content")))
                .findFirst();
    }

    private List<JSONObject> messages() {
        return all("receiveMessage").stream()
                .map(data -> data.optJSONObject("message"))
                .toList();
    }

    /** Returns the names of all events so far, in the order of their arrival. */
    List<String> events() {
        return heard.stream().map(Heard::event).toList();
    }

    /** Returns the contents of all messages so far. */
    List<String> contents() {
        return messages().stream().map(message -> message.optString("content")).toList();
    }

    /** Returns the event with the given index. Waits for it. */
    JSONObject event(String event, int number) {
        return await(event + " at " + userId)
                .atMost(TIMEOUT)
                .pollInterval(GLANCE)
                .until(() -> all(event), seen -> seen.size() > number)
                .get(number);
    }

    /** Returns the arguments of an event so far. */
    List<JSONObject> all(String event) {
        return heard.stream()
                .filter(entry -> event.equals(entry.event))
                .map(Heard::data)
                .toList();
    }

    /** Waits until a transport has been probed. Responses to later packets use it. */
    void awaitProbed(String transport) {
        await(transport + " at " + userId)
                .atMost(TIMEOUT)
                .pollInterval(GLANCE)
                .until(() -> carried.stream()
                        .anyMatch(entry -> entry.transport.equals(transport) && Packet.PONG.equals(entry.packet.type)));
    }

    /** Returns the transport of the last message. */
    String lastTransport() {
        return carried.stream()
                .filter(entry -> Packet.MESSAGE.equals(entry.packet.type))
                .reduce((before, after) -> after)
                .orElseThrow()
                .transport;
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
