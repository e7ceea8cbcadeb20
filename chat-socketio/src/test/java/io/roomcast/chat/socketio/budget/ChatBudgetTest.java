package io.roomcast.chat.socketio.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.raw.RawClient;
import io.roomcast.chat.spi.RateLimiter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the server may allocate for a visit, a message and a delivery, in bytes. A budget is about 15 % above what the
 * server needs before the JIT compiler removes some of it.
 */
class ChatBudgetTest {
    private static final String JOIN = "20[\"joinRoom\",\"r\"]";
    private static final String MESSAGE = "2[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"ann\","
            + "\"type\":\"text\",\"content\":\"" + "x".repeat(200) + "\"}]";
    private static final String RECEIVED = "2[\"receiveMessage\"";

    private final ChatServer server = ChatServer.builder()
            .port(0)
            .rateLimiter(RateLimiter.none())
            .limits(Limits.builder().packetsPerSecond(100_000).build())
            .build()
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void visit() {
        assertThat(AllocatedBytes.per(this::visitRoom)).isLessThan(40_000);
    }

    @Test
    void message() {
        assertThat(bytesPerMessage(1)).isLessThan(10_500);
    }

    @Test
    void delivery() {
        long few = bytesPerMessage(10);
        assertThat((bytesPerMessage(60) - few) / 50).isLessThan(140);
    }

    /** Connects, joins, sends, receives and leaves. */
    private void visitRoom() {
        try (RawClient client = member()) {
            sendAndReceive(client, List.of(client));
        }
    }

    private RawClient member() {
        RawClient client = RawClient.Kind.WEBSOCKET_4.connected(server.port());
        client.send(JOIN);
        client.nextWith("30");
        return client;
    }

    private long bytesPerMessage(int members) {
        List<RawClient> room = new ArrayList<>();
        try {
            for (int i = 0; i < members; i++) {
                room.add(member());
            }
            return AllocatedBytes.per(() -> sendAndReceive(room.get(0), room));
        } finally {
            room.forEach(RawClient::close);
        }
    }

    private static void sendAndReceive(RawClient sender, List<RawClient> room) {
        sender.send(MESSAGE);
        room.forEach(member -> member.nextWith(RECEIVED));
    }
}
