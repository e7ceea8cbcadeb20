package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawPolling;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A CLOSE packet has a payload of its own. Socket.IO's clients process the events of a payload after its Engine.IO
 * packets, so they would keep those beside a CLOSE packet until they have reconnected.
 */
@OnEachTransport
class PollingCloseTest {
    private final ChatServer server =
            ChatServer.builder().port(0).authenticator(Principal::of).build().start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void revoked_client_receives_the_reason_before_the_close_packet() {
        RawPolling client = RawPolling.connected(server.port(), "{\"token\":\"ann\"}");
        server.chat().revoke("ann").join();
        assertThat(client.poll().body()).startsWith("42[\"sessionRevoked\",").endsWith("\u001e41");
        assertThat(client.poll().body()).isEqualTo("1");
    }

    @Test
    void client_of_a_stopping_server_receives_the_announcement_before_the_close_packet() {
        RawPolling client = RawPolling.connected(server.port(), "{\"token\":\"bob\"}");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        assertThat(client.poll().body()).startsWith("42[\"serverDraining\",").doesNotContain("\u001e");
        assertThat(client.poll().body()).isEqualTo("1");
        stopped.join();
    }
}
