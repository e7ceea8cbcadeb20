package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@OnEachTransport
class NativeTransportTest {
    @Test
    void server_runs_on_the_native_transport_where_its_jar_is() {
        try (ChatServer server = ChatServer.builder().port(0).build().start()) {
            assertThat(loops())
                    .as("the loops of port %d", server.port())
                    .contains(Epoll.isAvailable() ? "epollEventLoopGroup" : "nioEventLoopGroup");
        }
    }

    private static Set<String> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("EventLoopGroup"))
                .map(name -> name.substring(0, name.indexOf('-')))
                .collect(Collectors.toSet());
    }
}
