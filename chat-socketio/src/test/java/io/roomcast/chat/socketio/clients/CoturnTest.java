package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.IceServer;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.IceServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The credentials of calls at coturn, with the configuration of CALLS.md. */
@RequiresNode
@RequiresCoturn
@Timeout(120)
class CoturnTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    @Test
    void credentials_of_a_call_are_accepted_until_they_expire_and_reach_no_inner_address() throws Exception {
        try (Coturn coturn = Coturn.start(folder, "secret-of-the-test");
                ChatServer server = start(coturn)) {
            IceServer expired = expired(coturn);
            assertThat(NodeScript.run(
                            "turn-client.mjs",
                            "http://127.0.0.1:" + server.port(),
                            "" + coturn.port(),
                            expired.username(),
                            expired.credential()))
                    .isEmpty();
        }
    }

    private static ChatServer start(Coturn coturn) {
        return ChatServer.builder()
                .port(0)
                .host("127.0.0.1")
                .authenticator(Principal::of)
                .calls(CallOptions.of(servers(coturn)))
                .build()
                .start();
    }

    private static IceServers servers(Coturn coturn) {
        return IceServers.turn(coturn.secret(), HOUR, List.of(coturn.url()));
    }

    /** Returns credentials that were made an hour and a minute ago. */
    private static IceServer expired(Coturn coturn) {
        Instant then = Instant.now().minus(HOUR).minusSeconds(60);
        CallPeer peer = new CallPeer("participant", 1, "ann", true, false, false, false);
        Call call = new Call(
                "call",
                "conversation",
                true,
                CallMedia.AUDIO,
                "ann",
                then,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                2,
                List.of("ann"),
                List.of(),
                List.of(),
                1);
        return servers(coturn).grant(call, peer, then).servers().get(0);
    }
}
