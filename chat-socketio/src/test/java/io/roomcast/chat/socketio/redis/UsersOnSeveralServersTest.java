package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in a room is the same for the clients of all servers, with a real Redis. */
@RequiresPrograms({"redis-server", "redis-sentinel"})
@Timeout(120)
class UsersOnSeveralServersTest extends RedisCase {
    private static final int SERVERS = 3;

    private final RedisServer redis = closed(RedisServer.start());
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<ChatServer> servers = new ArrayList<>();

    /** The first client of each server. */
    private final List<WireClient> observers = new ArrayList<>();

    @BeforeEach
    void start() {
        ChatStore store = ChatStore.inMemory();
        for (int i = 0; i < SERVERS; i++) {
            FaultProxy proxy = closed(new FaultProxy(redis.port()));
            proxies.add(proxy);
            servers.add(closed(ChatServer.builder()
                    .port(0)
                    .store(store)
                    .authenticator(Principal::of)
                    .cluster(RedisBus.connect("redis://127.0.0.1:" + proxy.port()))
                    .build()
                    .start()));
        }
        eventually(() -> assertThat(servers)
                .allSatisfy(server -> assertThat(server.stats().chat().nodes()).isEqualTo(SERVERS)));
        for (int i = 0; i < SERVERS; i++) {
            observers.add(join(i, "observer-" + i));
        }
        // A join may be answered before the entries of the other servers are read, and then an event follows.
        observers.forEach(observer -> awaitOnline(observer, SERVERS));
        observers.forEach(WireClient::clear);
    }

    private WireClient connect(int server, String userId) {
        return closed(new WireClient(servers.get(server).port(), userId));
    }

    private WireClient join(int server, String userId) {
        WireClient client = connect(server, userId);
        client.join();
        return client;
    }

    private static String joined(String userId, int online) {
        return "userJoined " + userId + " " + online;
    }

    private static String left(String userId, int online) {
        return "userLeft " + userId + " " + online;
    }

    private static void awaitEvents(WireClient client, String... events) {
        eventually(() -> assertThat(client.events()).containsExactly(events));
    }

    private static void awaitOnline(WireClient client, int online) {
        eventually(() -> assertThat(client.online()).isEqualTo(online));
    }

    private void awaitAllReceive(String... events) {
        observers.forEach(observer -> awaitEvents(observer, events));
    }

    @Test
    void each_join_and_leave_is_sent_once_with_the_number_of_users_on_all_servers() {
        WireClient bob = join(0, "bob");
        assertThat(bob.online()).isEqualTo(4);
        awaitAllReceive(joined("bob", 4));
        WireClient cid = join(1, "cid");
        assertThat(cid.online()).isEqualTo(5);
        awaitAllReceive(joined("bob", 4), joined("cid", 5));
        bob.close();
        awaitAllReceive(joined("bob", 4), joined("cid", 5), left("bob", 4));
        cid.leave();
        awaitAllReceive(joined("bob", 4), joined("cid", 5), left("bob", 4), left("cid", 3));
    }

    @Test
    void user_on_two_servers_counts_once_and_leaves_once() {
        WireClient here = join(0, "bob");
        awaitAllReceive(joined("bob", 4));
        WireClient there = join(1, "bob");
        assertThat(there.online()).isEqualTo(4);
        // After this event all servers know of the session there.
        join(1, "cid");
        awaitAllReceive(joined("bob", 4), joined("cid", 5));
        here.close();
        join(0, "dan");
        awaitAllReceive(joined("bob", 4), joined("cid", 5), joined("dan", 6));
        there.close();
        awaitAllReceive(joined("bob", 4), joined("cid", 5), joined("dan", 6), left("bob", 5));
    }

    @Test
    void viewing_is_known_on_all_servers() {
        WireClient bob = join(0, "bob");
        WireClient cid = connect(1, "cid");
        awaitAllReceive(joined("bob", 4));
        bob.view();
        awaitAllReceive(joined("bob", 4), "userViewing bob");
        assertThat(observers.get(1).view()).contains("bob").contains("observer-1");
        cid.view();
        bob.close();
        for (int i = 0; i < SERVERS; i++) {
            WireClient observer = observers.get(i);
            eventually(() -> assertThat(observer.events())
                    .containsSubsequence("userViewing bob", "userStoppedViewing bob")
                    .contains("userViewing cid", left("bob", 3))
                    .doesNotHaveDuplicates());
        }
    }

    @Test
    void users_of_a_server_that_vanishes_leave_soon() {
        join(0, "bob");
        join(0, "cid");
        join(1, "cid");
        awaitAllReceive(joined("bob", 4), joined("cid", 5));
        long cutAt = System.nanoTime();
        proxies.get(0).down();
        for (WireClient observer : observers.subList(1, SERVERS)) {
            eventually(() -> assertThat(observer.events())
                    .satisfiesOnlyOnce(event -> assertThat(event).startsWith("userLeft bob "))
                    .satisfiesOnlyOnce(event -> assertThat(event).startsWith("userLeft observer-0 ")));
            awaitOnline(observer, 3);
            assertThat(observer.events()).noneMatch(event -> event.startsWith("userLeft cid"));
        }
        // Within 15 s; the rest is for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - cutAt)).isLessThan(Duration.ofSeconds(25));
        proxies.get(0).up();
        observers.forEach(observer -> awaitOnline(observer, 5));
    }

    @Test
    void redis_that_restarts_empty_sends_no_user_away() {
        WireClient bob = join(0, "bob");
        awaitAllReceive(joined("bob", 4));
        redis.kill();
        WireClient cid = join(1, "cid");
        bob.close();
        redis.restart();
        for (WireClient observer : observers) {
            eventually(() -> assertThat(observer.events())
                    .containsOnlyOnce(joined("bob", 4))
                    .satisfiesOnlyOnce(event -> assertThat(event).startsWith("userJoined cid "))
                    .satisfiesOnlyOnce(event -> assertThat(event).startsWith("userLeft bob ")));
        }
        cid.close();
        for (WireClient observer : observers) {
            eventually(() -> assertThat(observer.events()).contains(left("cid", 3)));
            assertThat(observer.events()).hasSize(4);
        }
    }

    @Test
    void users_of_a_server_that_drains_leave_only_if_they_do_not_connect_to_another() {
        WireClient bob = join(0, "bob");
        WireClient cid = join(0, "cid");
        awaitAllReceive(joined("bob", 4), joined("cid", 5));
        CompletableFuture<Void> drained =
                CompletableFuture.runAsync(() -> servers.get(0).drain(Duration.ofSeconds(6)));
        bob.awaitClosed();
        join(1, "bob");
        cid.awaitClosed();
        drained.join();
        for (WireClient observer : observers.subList(1, SERVERS)) {
            eventually(() -> assertThat(observer.events())
                    .startsWith(joined("bob", 4), joined("cid", 5))
                    .satisfiesOnlyOnce(event -> assertThat(event).startsWith("userLeft cid "))
                    .satisfiesOnlyOnce(event -> assertThat(event).startsWith("userLeft observer-0 "))
                    .hasSize(4));
            awaitOnline(observer, 3);
        }
    }
}
