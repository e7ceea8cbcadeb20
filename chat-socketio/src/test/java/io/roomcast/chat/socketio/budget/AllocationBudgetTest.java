package io.roomcast.chat.socketio.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawPolling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the server may allocate for one request, in bytes. A budget is about 15 % above what the server needs before the
 * JIT compiler removes some of it.
 */
class AllocationBudgetTest {
    private static final String PACKET = "42[\"message\",{\"content\":\"" + "x".repeat(100) + "\"}]";

    private final EngineServer server = new EngineServer();
    private final String target = RawPolling.open(server.port()).target();
    private final String[] browser = {
        "Connection: keep-alive",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "Accept: */*",
        "Origin: http://localhost:" + server.port(),
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Mode: cors",
        "Accept-Encoding: gzip, deflate, br",
        "Accept-Language: en-US,en;q=0.9"
    };

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void poll() {
        assertThat(bytesPerPoll()).isLessThan(budget(6_000));
    }

    @Test
    void poll_of_a_browser() {
        assertThat(bytesPerPoll(browser)).isLessThan(budget(8_500));
    }

    @Test
    void post() {
        assertThat(bytesPerPost()).isLessThan(budget(4_600));
    }

    @Test
    void post_of_a_browser() {
        assertThat(bytesPerPost(browser)).isLessThan(budget(7_000));
    }

    /** Returns the bytes that are permitted. Newer versions of Java allocate up to a tenth more for the same code. */
    private static long budget(long bytesOnJava17) {
        return Runtime.version().feature() == 17 ? bytesOnJava17 : bytesOnJava17 * 11 / 10;
    }

    /** Returns the bytes for a packet and the poll that receives it. */
    private long bytesPerPoll(String... headers) {
        EncodedPacket packet = EncodedPacket.of(PACKET);
        try (RawHttp client = new RawHttp(server.port())) {
            return AllocatedBytes.per(() -> {
                server.send(packet);
                assertAccepted(client.exchange("GET", target, "", headers));
            });
        } finally {
            packet.release();
        }
    }

    /** Returns the bytes for a POST request with one packet. */
    private long bytesPerPost(String... headers) {
        try (RawHttp client = new RawHttp(server.port())) {
            return AllocatedBytes.per(() -> assertAccepted(client.exchange("POST", target, PACKET, headers)));
        }
    }

    private static void assertAccepted(Response response) {
        if (response.status() != 200) {
            throw new IllegalStateException(response.body());
        }
    }
}
