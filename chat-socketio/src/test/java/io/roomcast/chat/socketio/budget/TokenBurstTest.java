package io.roomcast.chat.socketio.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.RateLimiter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The work that can stand before a connected user's message: the tokens of many clients that arrive just before it.
 *
 * <p>It is measured in CPU time, so that it does not depend on the load of the machine. No message waits for the result of
 * a token: the authenticator does not return before the message is acknowledged. The program {@code AckLatency}
 * prints the times on an idle machine.
 */
@Timeout(120)
class TokenBurstTest {
    private static final int CLIENTS = 500;

    /** The first ones run slow code. Of the others, disturbances only add to the least. */
    private static final int BURSTS = 8;

    private static final Duration LIMIT = Duration.ofMillis(50);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private volatile CountDownLatch isAcknowledged = new CountDownLatch(1);

    private final ChatServer server = ChatServer.builder()
            .host("127.0.0.1")
            .port(0)
            .rateLimiter(RateLimiter.none())
            .authenticator(this::authenticate)
            .build()
            .start();

    private Principal authenticate(String token) {
        if (token.equals("bad")) {
            awaitAck();
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return Principal.of(token);
    }

    private void awaitAck() {
        try {
            isAcknowledged.await();
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void message_behind_many_bad_tokens_waits_for_little_work() {
        try (server;
                RawWebSocket ann = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
            List<Duration> bursts =
                    Stream.generate(() -> workBeforeAck(ann)).limit(BURSTS).toList();
            assertThat(Collections.min(bursts)).as("least of %s", bursts).isLessThan(LIMIT);
        }
    }

    private Duration workBeforeAck(RawWebSocket ann) {
        isAcknowledged = new CountDownLatch(1);
        List<RawWebSocket> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> RawWebSocket.open(server.port()))
                .toList();
        clients.forEach(RawWebSocket::nextText);
        long before = cpuNanosOfServer();
        clients.forEach(client -> client.text("40{\"token\":\"bad\"}"));
        String answer = ann.ask(1, "[\"sendMessage\",{\"conversationId\":\"room\",\"content\":\"hello\"}]");
        long after = cpuNanosOfServer();
        isAcknowledged.countDown();
        assertThat(answer).contains("\"success\":true");
        clients.forEach(client -> assertThat(client.nextText()).startsWith("44"));
        clients.forEach(RawWebSocket::close);
        return Duration.ofNanos(after - before);
    }

    /** Returns the CPU time of all threads but the test's own and those of the authenticator. */
    private static long cpuNanosOfServer() {
        long own = Thread.currentThread().getId();
        return Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadId() != own)
                .filter(thread -> !thread.getThreadName().startsWith("roomcast-authenticator"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(THREADS::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }
}
