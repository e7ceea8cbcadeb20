package io.roomcast.chat.socketio;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.raw.RawPolling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server that clients of all protocol versions send large packets to. */
abstract class LargePacketsCase {
    static final int BOUND = Limits.DEFAULT_FRAME_BYTES;
    static final int MOST = 1 << 24;
    static final int LARGE_BODY = 1 << 20;
    static final String TOO_LARGE = "\"code\":\"payload_too_large\",\"retryable\":false";
    static final String GOOD = "29[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\"}]";

    static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder().port(0).legacyClients().build().start();
    }

    @AfterAll
    static void stop() {
        RawPolling.leaveAll(server.port());
        server.close();
    }

    static String send(String beginning, int length) {
        String head = beginning + "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"";
        return head + "x".repeat(length - 3 - head.length()) + "\"}]";
    }
}
