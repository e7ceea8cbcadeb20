package io.roomcast.examples.chatserver;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.examples.chatserver.log.LogProvider;
import io.roomcast.examples.chatserver.training.HttpVisitor;
import io.roomcast.examples.chatserver.training.WebSocketVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a server in this process, so that the JVM records the classes and methods that a server needs. */
final class Training {
    private static final Logger log = LoggerFactory.getLogger(Training.class);

    /** The first JDK that records profiles of methods too, which take more load than classes. */
    private static final int PROFILING_JDK = 25;

    private static final String SECRET = "a secret of a training run, known to all";
    private static final String ROOM = "training";
    private static final int MEMBERS = 10;
    private static final String MESSAGE = "x".repeat(200);

    private final int visits;
    private final int messages;

    private Training(int visits, int messages) {
        this.visits = visits;
        this.messages = messages;
    }

    /**
     * Starts a server, connects clients, and stops it. Blocks for some seconds.
     *
     * @param inMemory whether the server keeps messages in memory; otherwise it has the embedded store, and so the driver of
     *     MongoDB, and metrics
     * @throws StartException if the server cannot be started or does not respond
     */
    static void run(boolean inMemory) {
        log.info("making class data, once for this jar and this JDK");
        LogProvider.quieten(ChatServer.class);
        Training training = Runtime.version().feature() < PROFILING_JDK ? new Training(20, 20) : new Training(300, 500);
        try {
            if (inMemory) {
                training.load(Map.of("CHAT_STORE", "memory"));
            } else {
                training.loadEmbedded();
            }
        } catch (IOException failure) {
            throw new StartException("The training run failed: " + failure.getMessage(), failure);
        }
    }

    private void loadEmbedded() throws IOException {
        Path folder = Files.createTempDirectory("roomcast-training");
        try {
            load(Map.of("CHAT_STORE", "embedded", "CHAT_DATA_DIR", folder.toString(), "CHAT_METRICS_PORT", "0"));
        } finally {
            delete(folder);
        }
    }

    private void load(Map<String, String> more) throws IOException {
        try (RunningServer server = RunningServer.start(ServerConfig.parse(variables(more)))) {
            server.readyLine();
            String token = JWT.create().withSubject("visitor").sign(Algorithm.HMAC256(SECRET));
            readAndPoll(server.port(), token);
            fanOut(server.port(), token);
            for (int visit = 0; visit < visits; visit++) {
                visit(server.port(), token, ROOM + visit % MEMBERS);
            }
        }
    }

    private static Map<String, String> variables(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("SOCKET_PORT", "0");
        variables.put("CHAT_HOST", "127.0.0.1");
        variables.put("CHAT_TOKEN_SECRET", SECRET);
        variables.put("CHAT_RATE_LIMITS", "off");
        variables.put("CHAT_HANDSHAKES_PER_SECOND", "1000000");
        variables.put("CHAT_PACKETS_PER_SECOND", "1000000");
        return variables;
    }

    private static void readAndPoll(int port, String token) throws IOException {
        try (HttpVisitor visitor = new HttpVisitor(port, token)) {
            for (String path : List.of(
                    "/health/ready", "/", "/app.js", "/api/client/roomcast.js", "/api/contract/chat-events.d.ts")) {
                visitor.get(path);
            }
            visitor.post(ROOM, MESSAGE);
            for (int visit = 0; visit < MEMBERS; visit++) {
                visitor.visitByPolling(ROOM, MESSAGE);
            }
        }
    }

    /** Sends messages in a room, one after the other, each to all members. */
    private void fanOut(int port, String token) throws IOException {
        List<WebSocketVisitor> members = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            members.add(WebSocketVisitor.connect(port, token, ROOM));
        }
        for (int message = 0; message < messages; message++) {
            members.get(message % MEMBERS).send(MESSAGE);
            for (WebSocketVisitor member : members) {
                member.receive();
            }
        }
        for (WebSocketVisitor member : members) {
            member.close();
        }
    }

    private static void visit(int port, String token, String room) throws IOException {
        try (WebSocketVisitor visitor = WebSocketVisitor.connect(port, token, room)) {
            visitor.send(MESSAGE);
            visitor.receive();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
