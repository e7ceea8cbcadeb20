package io.roomcast.examples.benchmarks.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Runs a simple chat on unmodified netty-socketio, with its rooms and its broadcast. */
public final class PlainServer {
    private static final AtomicLong STORED = new AtomicLong();

    private PlainServer() {}

    /** Runs until the end of the input. */
    public static void main(String[] arguments) throws IOException {
        SocketIOServer server = new SocketIOServer(configuration());
        server.addEventListener("joinRoom", String.class, (client, room, ack) -> client.joinRoom(room));
        server.addEventListener("leaveRoom", String.class, (client, room, ack) -> client.leaveRoom(room));
        server.addEventListener("sendMessage", Draft.class, (client, draft, ack) -> tell(server, draft));
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

    /** Returns a free port, because netty-socketio does not report the port that the system chose. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void tell(SocketIOServer server, Draft draft) {
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

    /** The argument of {@code sendMessage}. */
    public static final class Draft {
        /** The room. */
        public String conversationId = "";

        /** The user. */
        public String senderId = "";

        /** The text. */
        public String content = "";

        /** The type. */
        public String type = "text";
    }

    /** A message in an event. */
    public record Stored(
            String _id, String conversationId, String senderId, String content, String type, String createdAt) {}

    /** The argument of {@code receiveMessage}. */
    public record Delivery(String conversationId, Stored message) {}
}
