package io.roomcast.chat.socketio.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.util.HashedWheelTimer;
import io.roomcast.chat.socketio.ChatServer;
import java.lang.ref.WeakReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are started and stopped in one process leak nothing that Netty would report. */
@OnEachTransport
class ManyServersTest {
    private enum End {
        NEVER_CLOSED,
        CLOSED_BEFORE_ITS_START,
        CLOSED_AFTER_ITS_START,
        PORT_IN_USE
    }

    @ParameterizedTest
    @EnumSource
    void server_leaks_no_timer(End end) {
        WeakReference<ChatServer> server = new WeakReference<>(ended(end));
        await().until(() -> {
            System.gc();
            new HashedWheelTimer().stop();
            return server.refersTo(null);
        });
        System.gc();
        new HashedWheelTimer().stop();
        assertThat(Leaks.found()).isEmpty();
    }

    private static ChatServer ended(End end) {
        ChatServer server = ChatServer.builder().port(0).build();
        switch (end) {
            case NEVER_CLOSED -> {}
            case CLOSED_BEFORE_ITS_START -> server.close();
            case CLOSED_AFTER_ITS_START -> server.start().close();
            case PORT_IN_USE -> {
                server.close();
                return refused();
            }
        }
        return server;
    }

    private static ChatServer refused() {
        try (ChatServer first = ChatServer.builder().port(0).build().start()) {
            ChatServer second = ChatServer.builder().port(first.port()).build();
            assertThatThrownBy(second::start).isInstanceOf(IllegalStateException.class);
            return second;
        }
    }

    @Test
    void concurrent_servers_leak_no_thread() {
        int before = loops();
        Stream.generate(() -> ChatServer.builder().port(0).build().start())
                .limit(3)
                .toList()
                .forEach(ChatServer::close);
        await().untilAsserted(() -> assertThat(loops()).isLessThanOrEqualTo(before));
    }

    private static int loops() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(nio|epoll)EventLoopGroup.*|pool-\\d+-thread-.*"))
                .count();
    }
}
