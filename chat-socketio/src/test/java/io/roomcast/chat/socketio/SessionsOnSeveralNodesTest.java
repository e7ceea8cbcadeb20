package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user with too many sessions on two servers together keeps the maximum. */
@Timeout(60)
class SessionsOnSeveralNodesTest {
    private static final int MAX = 3;

    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final List<ChatServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(ChatServer::close);
        network.close();
    }

    private ChatServer start(boolean refusesSurplus) {
        ChatServerBuilder builder = ChatServer.builder()
                .port(0)
                .store(store)
                .cluster(network.newBus())
                .authenticator(Principal::of)
                .limits(Limits.builder().sessionsPerUser(MAX).build());
        ChatServer server = (refusesSurplus ? builder.refuseSurplusSessions() : builder)
                .build()
                .start();
        servers.add(server);
        return server;
    }

    private static RawWebSocket connect(ChatServer server) {
        RawWebSocket socket = RawWebSocket.open(server.port());
        socket.nextText();
        socket.text("40{\"token\":\"bob\"}");
        socket.textsUpTo("\"session\"");
        return socket;
    }

    /** The first session was idle for the longest time, and the last one is the newest. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 3"})
    void surplus_session_is_ended(boolean refusesSurplus, int surplus) {
        ChatServer one = start(refusesSurplus);
        ChatServer two = start(refusesSurplus);
        await().until(() ->
                one.stats().chat().nodes() == 2 && two.stats().chat().nodes() == 2);
        List<RawWebSocket> sockets = new ArrayList<>();
        for (ChatServer server : List.of(one, two, one, two)) {
            sockets.add(connect(server));
        }
        RawWebSocket ended = sockets.remove(surplus);

        assertThat(ended.nextText())
                .isEqualTo("42[\"sessionRevoked\",{\"reason\":\"too_many_sessions\",\"reconnect\":false}]");
        assertThat(ended.nextText()).isEqualTo("41");
        await().until(() -> one.stats().webSockets() + two.stats().webSockets() == MAX);
        assertThat(sockets)
                .allSatisfy(socket ->
                        assertThat(socket.ask(1, "[\"joinRoom\",\"r\"]")).contains("\"success\":true"));
        sockets.forEach(RawWebSocket::close);
    }
}
