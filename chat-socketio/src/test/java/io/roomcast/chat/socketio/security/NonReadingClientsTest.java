package io.roomcast.chat.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fifty clients that read nothing while their room is flooded, with one member who reads everything. */
@OnEachTransport
class NonReadingClientsTest {
    @RegisterExtension
    static final ServerUnderAttack server = new ServerUnderAttack();

    private static final int CROWD = 50;
    private static final int HEALTHY = 2;
    private static final int MESSAGES = 3_000;
    private static final String LARGE = "\u20ac".repeat(5_000);

    /** A third of the sent bytes. */
    private static final long MOST_BYTES = 15_000_000;

    private RawWebSocket member;
    private String room;
    private int sent;
    private long buffersBefore;

    @BeforeEach
    void join() {
        room = "room-" + System.nanoTime();
        member = RawWebSocket.connected(server.port(), "{\"token\":\"member\"}");
        member.ask(1, joinRoom());
        buffersBefore = buffers();
    }

    @AfterEach
    void leave() {
        member.close();
    }

    @Test
    void clients_over_websocket_are_disconnected_and_memory_is_bounded() {
        List<RawWebSocket> crowd =
                IntStream.range(0, CROWD).mapToObj(this::nonReading).toList();
        floodWhile(() -> sent < MESSAGES || server.sessions() > HEALTHY);
        crowd.forEach(RawWebSocket::close);
    }

    private RawWebSocket nonReading(int index) {
        RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"deaf-" + index + "\"}");
        socket.ask(1, joinRoom());
        return socket;
    }

    @Test
    void clients_over_polling_are_notified_of_dropped_messages_and_memory_is_bounded() {
        List<RawPolling> crowd =
                IntStream.range(0, CROWD).mapToObj(this::deafPolling).toList();
        floodWhile(() -> sent < MESSAGES);
        assertThat(crowd).allSatisfy(this::assertLearns);
    }

    private RawPolling deafPolling(int index) {
        RawPolling polling = RawPolling.connected(server.port(), "{\"token\":\"deaf-" + index + "\"}");
        polling.ask(1, joinRoom());
        return polling;
    }

    private void assertLearns(RawPolling polling) {
        List<String> heard = new ArrayList<>();
        do {
            heard.add(polling.next());
        } while (!heard.get(heard.size() - 1).contains("syncRequired"));
        heard.removeIf(NonReadingClientsTest::isComing);
        polling.push("1");
        assertThat(heard).hasSizeBetween(30, 50);
        assertThat(heard.get(0)).contains("\"seq\":1,");
    }

    private void floodWhile(BooleanSupplier wanted) {
        while (wanted.getAsBoolean()) {
            sent++;
            server.chat().send(room, NewMessage.text("host", LARGE)).join();
            assertThat(nextMessage()).contains("\"seq\":" + sent + ",");
            assertThat(buffers() - buffersBefore).as("bytes in buffers").isLessThan(MOST_BYTES);
        }
    }

    /** Removes the join and leave events. */
    private String nextMessage() {
        String text;
        do {
            text = member.nextText();
        } while (isComing(text));
        return text;
    }

    private static boolean isComing(String text) {
        return text.startsWith("42[\"user");
    }

    private String joinRoom() {
        return "[\"joinRoom\",\"" + room + "\"]";
    }

    private static long buffers() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }
}
