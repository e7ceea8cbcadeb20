package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user's presence is the same for the clients of all servers, with a real Redis. */
@RequiresPrograms({"redis-server", "redis-sentinel"})
@Timeout(120)
class PresenceOnSeveralServersTest extends RedisCase {
    private static final String GET = "[\"getPresence\",{\"userIds\":[\"bob\",\"cid\"]}]";
    private static final String SUBSCRIBE = "[\"subscribePresence\",{\"userIds\":[\"bob\",\"cid\"]}]";

    private final RedisServer redis = closed(RedisServer.start());
    private final FaultProxy proxy = closed(new FaultProxy(redis.port()));
    private final ChatStore store = ChatStore.inMemory();
    private final ChatServer here = start(redis.port());
    private final ChatServer there = start(redis.port());
    private final ChatServer cut = start(proxy.port());

    private ChatServer start(int redisPort) {
        return closed(ChatServer.builder()
                .port(0)
                .store(store)
                .authenticator(Principal::of)
                .cluster(RedisBus.connect("redis://127.0.0.1:" + redisPort))
                .build()
                .start());
    }

    @BeforeEach
    void awaitNodes() {
        eventually(() -> assertThat(List.of(here, there, cut))
                .allSatisfy(server -> assertThat(server.stats().chat().nodes()).isEqualTo(3)));
    }

    private WireClient connect(ChatServer server, String userId) {
        return closed(new WireClient(server.port(), userId));
    }

    private static void set(WireClient client, String status) {
        client.ask("[\"setPresence\",{\"status\":\"" + status + "\"}]");
    }

    private static String presence(String userId, String status) {
        return "{\"userId\":\"" + userId + "\",\"status\":\"" + status + "\"}";
    }

    private static void awaitPresences(WireClient client, String... presences) {
        eventually(() -> assertThat(client.presences()).containsExactly(presences));
    }

    @Test
    void changes_reach_subscribers_and_rooms_on_another_server_once() {
        WireClient subscriber = connect(here, "ann");
        assertThat(subscriber.ask(SUBSCRIBE)).contains(presence("bob", "offline"));
        WireClient roommate = connect(here, "eve");
        roommate.join();
        WireClient bob = connect(there, "bob");
        bob.join();
        awaitPresences(subscriber, "bob online");
        set(bob, "away");
        awaitPresences(subscriber, "bob online", "bob away");
        awaitPresences(roommate, "bob away");
        assertThat(connect(here, "late").ask(GET)).contains(presence("bob", "away"));
        set(bob, "online");
        awaitPresences(roommate, "bob away", "bob online");
        awaitPresences(subscriber, "bob online", "bob away", "bob online");
    }

    @Test
    void user_is_offline_after_the_last_session_ends_and_after_the_server_vanishes() {
        WireClient subscriber = connect(here, "ann");
        subscriber.ask(SUBSCRIBE);
        WireClient bob = connect(there, "bob");
        WireClient bobHere = connect(here, "bob");
        connect(cut, "cid");
        eventually(() -> assertThat(subscriber.presences()).containsExactlyInAnyOrder("bob online", "cid online"));
        bobHere.close();
        bob.close();
        proxy.down();
        long cutAt = System.nanoTime();
        eventually(() -> assertThat(subscriber.presences()).hasSize(4).contains("bob offline", "cid offline"));
        // Within 15 s; the rest is for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - cutAt)).isLessThan(Duration.ofSeconds(25));
        assertThat(subscriber.ask(GET)).contains("{\"userId\":\"bob\",\"status\":\"offline\",\"lastSeenAt\":\"");
        proxy.up();
        eventually(() -> assertThat(subscriber.presences()).hasSize(5).last().isEqualTo("cid online"));
    }
}
