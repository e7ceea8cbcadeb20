package io.roomcast.examples.benchmarks.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A chat on netty-socketio without Roomcast: uses its rooms and sends each message to one of them. */
public final class PlainServer {
    private static final AtomicLong STORED = new AtomicLong();

    private PlainServer() {}

    /** Runs until the standard input is closed. */
    public static void main(String[] arguments) throws IOException {
        SocketIOServer server = new SocketIOServer(configuration());
        server.addEventListener("joinRoom", String.class, (client, room, ack) -> client.joinRoom(room));
        server.addEventListener("leaveRoom", String.class, (client, room, ack) -> client.leaveRoom(room));
        server.addEventListener("sendMessage", Draft.class, (client, draft, ack) -> broadcast(server, draft));
        server.start();
        Console.serve(server.getConfiguration().getPort());
        server.stop();
    }

    private static Configuration configuration() throws IOException {
        SocketConfig sockets = new SocketConfig();
        sockets.setReuseAddress(true);
        Configuration configuration = new Configuration();
        configuration.setSocketConfig(sockets);
        configuration.setHostname("127.0.0.1");
        configuration.setPort(freePort());
        configuration.setRandomSession(true);
        return configuration;
    }

    /** Returns a free port, because netty-socketio does not report a port that the system chose. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void broadcast(SocketIOServer server, Draft draft) {
        Stored message = new Stored(
                "%024d".formatted(STORED.incrementAndGet()),
                draft.conversationId,
                draft.senderId,
                draft.content,
                draft.type,
                Instant.now().toString());
        server.getRoomOperations(draft.conversationId)
                .sendEvent("receiveMessage", new Delivery(draft.conversationId, message));
    }

    /** The payload of {@code sendMessage}. */
    public static final class Draft {
        /** The room's id. */
        public String conversationId = "";

        /** The user's id. */
        public String senderId = "";

        /** The text. */
        public String content = "";

        /** The message's type. */
        public String type = "text";
    }

    /** A message in {@code receiveMessage}. */
    public record Stored(
            String _id, String conversationId, String senderId, String content, String type, String createdAt) {}

    /** The payload of {@code receiveMessage}. */
    public record Delivery(String conversationId, Stored message) {}
}
