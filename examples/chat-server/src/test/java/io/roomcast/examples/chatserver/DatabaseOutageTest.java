package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An outage of the database while many clients send: every command ends in time, and no thread is left over. */
@Timeout(90)
class DatabaseOutageTest {
    private static final int ROOMS = 20;
    private static final int MESSAGES = 15;
    private static final int OUTAGES = 2;

    /** The most threads that serve commands: the workers, the timer, previews, deletions and the driver's monitor. */
    private static final int THREADS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors()) + 4;

    /** The pools that only the health endpoint uses. Their threads start with its calls, and end by themselves. */
    private static final List<String> HEALTH_THREADS = List.of("roomcast-health-check-", "roomcast-future-");

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REPLY_TIMEOUT = COMMAND_TIMEOUT.plusSeconds(2);
    private static final Duration RETURN = Duration.ofSeconds(9);
    private static final String TIMEOUTS = "?serverSelectionTimeoutMS=1000&connectTimeoutMS=500&socketTimeoutMS=500";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<SocketIoChannel> clients = new ArrayList<>();
    private MongoServer mongo;
    private FaultProxy proxy;
    private ChatStore store;
    private ChatServer server;

    @BeforeEach
    void start() {
        mongo = new MongoServer(H2Backend.inMemory());
        proxy = new FaultProxy(mongo.bind().getPort());
        store = MongoChatStore.connect("mongodb://127.0.0.1:" + proxy.port() + "/chat" + TIMEOUTS);
        server = ChatServer.builder()
                .port(0)
                .store(store)
                .rateLimiter(RateLimiter.none())
                .limits(Limits.builder().commandTimeout(COMMAND_TIMEOUT).build())
                .build()
                .start();
        for (int i = 0; i < ROOMS; i++) {
            clients.add(new SocketIoChannel("http://127.0.0.1:" + server.port(), "room-" + i, "websocket"));
        }
    }

    /** Sends one message after the other, so that all classes are loaded and all clients connected before the test. */
    private void warmUp() throws Exception {
        for (SocketIoChannel client : clients) {
            assertThat(codes(List.of(send(client, "warm-up")))).containsOnly("stored");
        }
    }

    @AfterEach
    void stop() {
        clients.forEach(SocketIoChannel::close);
        server.close();
        proxy.close();
        mongo.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void everySend_isAnsweredInTime_andGoesThroughAfterTheReturn(Outage outage) throws Exception {
        warmUp();
        assertThat(codes(sendAll("before"))).containsOnly("stored");
        for (int i = 0; i < OUTAGES; i++) {
            outage.begin(proxy);
            assertThat(codes(sendAll("during-" + i))).isSubsetOf("storage_unavailable", "timeout");
            assertThat(threads()).isLessThanOrEqualTo(THREADS);
            assertThat(status("/health/live")).isEqualTo(200);
            assertThat(status("/health/ready")).isEqualTo(503);
            outage.end(proxy);
            awaitReturn("return-" + i);
        }
        assertThat(codes(sendAll("during-0"))).containsOnly("stored");
        assertThat(codes(sendAll("during-1"))).containsOnly("stored");
        clients.forEach(this::assertStoredOnce);
    }

    /** Sends messages of all clients at the same time, with idempotency keys that begin with the given prefix. */
    private List<CompletableFuture<JsonNode>> sendAll(String prefix) {
        return clients.stream()
                .flatMap(client -> IntStream.range(0, MESSAGES).mapToObj(number -> send(client, prefix + "-" + number)))
                .toList();
    }

    private static CompletableFuture<JsonNode> send(SocketIoChannel client, String key) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("conversationId", client.conversationId())
                .put("senderId", "alice")
                .put("content", key)
                .put("clientMessageId", key);
        client.send(message, new RetryingSender.Listener() {
            @Override
            public void answered(JsonNode node) {
                answer.complete(node);
            }

            @Override
            public void lost() {
                answer.completeExceptionally(new IllegalStateException("the connection was lost"));
            }
        });
        return answer;
    }

    private static List<String> codes(List<CompletableFuture<JsonNode>> answers) throws Exception {
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .get(REPLY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return answers.stream()
                .map(CompletableFuture::join)
                .map(answer -> answer.path("code").asText("stored"))
                .toList();
    }

    /** Returns the number of threads that serve commands. */
    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("roomcast") || name.startsWith("cluster"))
                .filter(name -> HEALTH_THREADS.stream().noneMatch(name::startsWith))
                .count();
    }

    private void awaitReturn(String key) {
        await("a message to go through")
                .atMost(RETURN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> codes(List.of(send(clients.get(0), key))).contains("stored"));
        await("readiness").atMost(RETURN).until(() -> status("/health/ready") == 200);
    }

    private void assertStoredOnce(SocketIoChannel client) {
        List<Message> stored = store.history(new HistoryQuery(client.conversationId(), Anchor.AFTER, 0, 1_000));
        assertThat(stored).extracting(Message::clientMessageId).doesNotHaveDuplicates();
        assertThat(stored).hasSizeGreaterThanOrEqualTo((1 + OUTAGES) * MESSAGES);
        assertThat(stored)
                .extracting(Message::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, stored.size()).boxed().toList());
    }

    private int status(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
