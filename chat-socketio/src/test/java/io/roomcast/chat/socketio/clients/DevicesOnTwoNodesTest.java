package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.redis.RedisBus;
import io.roomcast.chat.socketio.redis.RedisServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users with two devices on two servers with a real Redis: counts, preferences and drafts are the same on both. */
@RequiresNode
@RequiresPrograms("redis-server")
@Timeout(180)
class DevicesOnTwoNodesTest {
    private static final int SEEDS = 100;

    private final ChatStore store = ChatStore.inMemory();
    private final RedisServer redis = RedisServer.start();
    private final ChatServer here = server("n1");
    private final ChatServer there = server("n2");

    private ChatServer server(String name) {
        return ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .store(store)
                .rateLimiter(RateLimiter.none())
                .authenticator(token -> Principal.of(token.substring("token-of-".length())))
                .cluster(RedisBus.connect(redis.uri()))
                .nodeName(name)
                .build()
                .start();
    }

    @BeforeEach
    void connect() {
        await().until(() ->
                here.stats().chat().nodes() == 2 && there.stats().chat().nodes() == 2);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        redis.close();
    }

    private static String url(ChatServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 300, 400})
    void counts_equal_a_recount_and_preferences_agree_after_random_steps(int first) throws Exception {
        assertThat(NodeScript.run(
                        "devices-client.mjs", url(here), "client-4", "websocket", url(there), "" + first, "" + SEEDS))
                .last()
                .hasToString("{\"client\":\"course\",\"event\":\"finished\"}");
    }
}
