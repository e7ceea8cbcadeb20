package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user who is revoked or erased while Redis does not respond has no session on any server after it does. */
@RequiresPrograms({"redis-server", "redis-sentinel"})
@Timeout(120)
class MissedRevocationsTest extends RedisCase {
    private final RedisServer redis = closed(RedisServer.start());
    private final ChatStore store = ChatStore.inMemory();
    private final ChatServer one = start();
    private final ChatServer two = start();

    private ChatServer start() {
        return closed(ChatServer.builder()
                .port(0)
                .store(store)
                .cluster(RedisBus.connect(redis.uri()))
                .authenticator(Principal::of)
                .build()
                .start());
    }

    private RawWebSocket connect(ChatServer server) {
        RawWebSocket socket = closed(RawWebSocket.open(server.port()));
        socket.nextText();
        socket.text("40{\"token\":\"bob\"}");
        socket.textsUpTo("\"session\"");
        return socket;
    }

    private static void awaitNodes(ChatServer server) {
        eventually(() -> assertThat(server.stats().chat().nodes()).isEqualTo(2));
    }

    private enum Fault {
        PAUSED {
            @Override
            void begin(RedisServer redis) {
                redis.pause();
            }

            @Override
            void end(RedisServer redis) {
                redis.resume();
            }
        },
        KILLED {
            @Override
            void begin(RedisServer redis) {
                redis.kill();
            }

            @Override
            void end(RedisServer redis) {
                redis.restart();
            }
        };

        abstract void begin(RedisServer redis);

        abstract void end(RedisServer redis);
    }

    @ParameterizedTest
    @EnumSource
    void session_on_another_server_ends(Fault fault) {
        awaitNodes(one);
        awaitNodes(two);
        RawWebSocket bob = connect(two);
        fault.begin(redis);
        assertThat(one.chat().revoke("bob")).failsWithin(Duration.ofSeconds(20));
        assertThat(two.stats().chat().sessions()).isEqualTo(1);
        RawWebSocket again = connect(two);
        eventually(() -> assertThat(two.stats().chat().away()).isTrue());
        fault.end(redis);

        assertThat(bob.textsUpTo("sessionRevoked")).last().asString().contains("\"revoked\"");
        assertThat(two.stats().chat().sessions()).isEqualTo(1);
        assertThat(again.ask(1, "[\"joinRoom\",\"r\"]")).contains("\"success\":true");
    }

    @Test
    void what_an_erased_user_stored_meanwhile_is_erased_as_well() {
        awaitNodes(one);
        awaitNodes(two);
        RawWebSocket bob = connect(two);
        bob.ask(1, "[\"joinRoom\",\"r\"]");
        redis.pause();
        assertThat(one.chat().eraseUser("bob")).succeedsWithin(Duration.ofSeconds(30));
        assertThat(bob.ask(2, "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"late\"}]"))
                .contains("\"success\":true");
        assertThat(senders()).containsExactly("bob");
        eventually(() -> assertThat(two.stats().chat().away()).isTrue());
        redis.resume();

        assertThat(bob.textsUpTo("sessionRevoked")).last().asString().contains("\"revoked\"");
        eventually(() -> assertThat(senders()).hasSize(1).doesNotContain("bob"));
    }

    private List<String> senders() {
        return store.history(new HistoryQuery("r", HistoryQuery.Anchor.LATEST, 0, 100)).stream()
                .map(Message::senderId)
                .toList();
    }
}
