package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.testkit.RecordingListener;
import io.roomcast.chat.testkit.ReservedPort;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** Users, passwords and rights. */
@RequiresPrograms({"redis-server", "redis-sentinel"})
class RedisAccessTest extends RedisCase {
    /** The rights that the documentation of {@link RedisBus} names. */
    private static final String RIGHTS = "resetkeys resetchannels -@all ~rc:* &rc:* +publish +subscribe +unsubscribe"
            + " +ping +multi +exec +hset +hdel +hgetall +expire +set +getdel +hello +auth";

    private final RecordingListener listener = new RecordingListener();

    private RedisServer serverWithUser(String rights) {
        String options = "--user chat on >s@cret " + rights + " --user default off";
        return closed(RedisServer.start(options.split(" ")));
    }

    private static String address(RedisServer server, String credentials) {
        return "redis://" + credentials + "@127.0.0.1:" + server.port();
    }

    @Test
    void documented_rights_suffice() {
        RedisServer server = serverWithUser(RIGHTS);
        RedisBus bus = open(address(server, "chat:s%40cret"), listener);
        RedisBus other = open(address(server, "chat:s%40cret"), new RecordingListener());
        result(bus.subscribe(List.of("c:1", "c:2")));
        bus.unsubscribe(List.of("c:2"));
        awaitConnected(listener);
        try (LogLines log = LogLines.capture()) {
            bus.publish("c:1", bytes("hello"));
            bus.putEntry("c:1", bytes("entry"));
            bus.keep("b:1", bytes("kept"), Duration.ofMinutes(1));
            eventually(() -> assertThat(listener.receivedIn("c:1")).containsExactly("hello"));
            eventually(() -> assertThat(result(bus.readEntries(List.of("c:1")))).isNotEmpty());
            assertThat(result(bus.take("b:1"))).isPresent();
            assertThat(result(bus.removeEntry("c:1"))).isEmpty();
            bus.discardEntry("c:1", "node-9");
            bus.rename("node-7");
            assertThat(result(bus.take("b:1"))).isEmpty();
            bus.close();
            other.close();

            assertThat(log.of(RedisBus.class)).isEmpty();
        }
    }

    @Test
    void password_alone_is_enough() {
        RedisServer server = closed(RedisServer.start("--requirepass", "secret"));
        open(address(server, ":secret"), listener);

        awaitConnected(listener);
    }

    @ParameterizedTest
    @CsvSource({"chat:other, WRONGPASS", "bob:s%40cret, WRONGPASS", ":s%40cret, WRONGPASS"})
    void refused_credentials_are_named_by_their_code_alone(String credentials, String code) {
        RedisServer server = serverWithUser(RIGHTS);
        try (LogLines log = LogLines.capture()) {
            open(address(server, credentials), listener);
            eventually(() -> assertThat(log.of(RedisBus.class))
                    .singleElement()
                    .asString()
                    .contains("cannot be reached (" + code + ")"));

            assertThat(log.text()).doesNotContain("cret", "other@", "bob");
        }
        assertThat(listener.states()).isEmpty();
    }

    @Test
    void missing_right_is_logged_and_nothing_else_stops() {
        RedisServer server = serverWithUser(RIGHTS.replace(" +hgetall", ""));
        RedisBus bus = open(address(server, "chat:s%40cret"), listener);
        result(bus.subscribe(List.of("c:1")));
        awaitConnected(listener);
        try (LogLines log = LogLines.capture()) {
            assertThat(bus.readEntries(List.of("c:1")).toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
            bus.publish("c:1", bytes("hello"));
            eventually(() -> assertThat(listener.receivedIn("c:1")).containsExactly("hello"));

            assertThat(log.of(RedisBus.class)).singleElement().asString().contains("refuses a command (NOPERM)");
        }
        assertThat(listener.states()).containsExactly("connected");
    }

    /** Why Redis may refuse to write. */
    private enum Refusal {
        OOM("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"),
        NOPERM("ACL SETUSER default -hset", "ACL SETUSER default +hset");

        private final String begin;
        private final String end;

        Refusal(String begin, String end) {
            this.begin = begin;
            this.end = end;
        }

        private static void run(RedisServer server, String line) {
            String[] words = line.split(" ");
            server.command(Command.valueOf(words[0]), Arrays.copyOfRange(words, 1, words.length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refused_entry_is_written_again_after_pauses_and_nothing_else_stops(Refusal refusal) {
        RedisServer server = closed(RedisServer.start());
        RedisBus bus = open(server.uri(), listener);
        result(bus.subscribe(List.of("c:1")));
        awaitConnected(listener);
        try (LogLines log = LogLines.capture()) {
            Refusal.run(server, refusal.begin);
            long before = System.nanoTime();
            bus.putEntry("c:1", bytes("entry"));
            eventually(() -> assertThat(refusedWrites(server)).isPositive());
            bus.publish("c:1", bytes("hello"));
            eventually(() -> assertThat(listener.receivedIn("c:1")).containsExactly("hello"));
            eventually(() -> assertThat(refusedWrites(server)).isGreaterThanOrEqualTo(3));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(3));
            Refusal.run(server, refusal.end);

            eventually(() -> assertThat(result(bus.readEntries(List.of("c:1")))).isNotEmpty());
            assertThat(log.of(RedisBus.class))
                    .singleElement()
                    .asString()
                    .contains("refuses a command (" + refusal.name() + ")");
        }
        assertThat(listener.states()).containsExactly("connected");
    }

    private static int refusedWrites(RedisServer server) {
        Matcher found = Pattern.compile("cmdstat_hset:.*rejected_calls=(\\d+)").matcher(server.info("commandstats"));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    @Test
    void names_of_another_prefix_are_refused() {
        RedisServer server = serverWithUser(RIGHTS);
        try (LogLines log = LogLines.capture()) {
            open(
                    RedisBus.builder(address(server, "chat:s%40cret"))
                            .prefix("other")
                            .build(),
                    listener);

            eventually(() -> assertThat(log.of(RedisBus.class))
                    .singleElement()
                    .asString()
                    .contains("NOPERM"));
        }
        assertThat(listener.states()).isEmpty();
    }

    @Test
    void clusters_with_different_prefixes_share_a_server() {
        RedisServer server = closed(RedisServer.start());
        RecordingListener other = new RecordingListener();
        RedisBus bus = open(server.uri(), listener);
        RedisBus stranger = open(RedisBus.builder(server.uri()).prefix("b").build(), other);
        result(bus.subscribe(List.of("c:1")));
        result(stranger.subscribe(List.of("c:1")));
        awaitConnected(listener);
        awaitConnected(other);
        bus.publish("c:1", bytes("of a"));
        stranger.publish("c:1", bytes("of b"));

        eventually(() -> assertThat(listener.receivedIn("c:1")).containsExactly("of a"));
        eventually(() -> assertThat(other.receivedIn("c:1")).containsExactly("of b"));
    }

    @Test
    void unreachable_server_is_waited_for() {
        int port = ReservedPort.choose();
        try (LogLines log = LogLines.capture()) {
            RedisBus bus = open("redis://alice:secret@127.0.0.1:" + port, listener);
            bus.publish("c:1", bytes("lost"));
            eventually(() -> assertThat(listener.unacknowledged()).contains("c:1"));

            eventually(() -> assertThat(log.of(RedisBus.class))
                    .singleElement()
                    .asString()
                    .contains("Redis at redis://127.0.0.1:" + port, "cannot be reached (ConnectException)", "retries"));
            assertThat(log.text()).doesNotContain("secret", "alice");
        }
        assertThat(listener.states()).isEmpty();
    }
}
