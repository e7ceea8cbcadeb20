package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {
    @ParameterizedTest
    @CsvSource({
        "redis://redis, redis://redis:6379, , ",
        "redis://redis:7000, redis://redis:7000, , ",
        "rediss://redis, rediss://redis:6379, , ",
        "redis://10.0.0.1:7000/, redis://10.0.0.1:7000, , ",
        "redis://[::1]:7000, redis://[::1]:7000, , ",
        "redis://alice:sec%40ret@redis, redis://redis:6379, alice, sec@ret",
        "redis://:a+b@redis, redis://redis:6379, , a+b",
        "redis://alice@redis, redis://redis:6379, alice, ",
        "'redis-sentinel://a,b:7000/main', 'redis-sentinel://a:26379,b:7000/main', , ",
        "rediss-sentinel://alice:s@a/main, rediss-sentinel://a:26379/main, alice, s"
    })
    void address_is_read(String uri, String shown, String user, String password) {
        RedisUri read = RedisUri.parse(uri);

        assertThat(read).hasToString(shown);
        assertThat(read.user()).isEqualTo(user);
        assertThat(read.password()).isEqualTo(password);
    }

    @Test
    void sentinels_are_read() {
        RedisUri uri = RedisUri.parse("redis-sentinel://a,b:7000/main");

        assertThat(uri.hosts()).isEqualTo(List.of(new RedisUri.Host("a", 26379), new RedisUri.Host("b", 7000)));
        assertThat(uri.master()).isEqualTo("main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "secret:6379",
                "http://secret",
                "redis://",
                "redis://alice:secret@",
                "redis://alice:sec/ret@redis",
                "redis://alice:secret@redis:0",
                "redis://alice:secret@redis:65536",
                "redis://alice:secret@redis:99999999",
                "redis://alice:secret@redis/3",
                "redis://alice:secret@redis?x=1",
                "redis://alice:secret@a,b",
                "redis://alice:sec%zzret@redis",
                "redis-sentinel://alice:secret@a,b",
                "redis-sentinel://alice:secret@a,,b/main",
                "redis-sentinel://alice:secret@a/",
                "REDIS://alice:secret@redis",
                "redis://alice:secret@re dis"
            })
    void malformed_address_is_refused_and_not_repeated(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisBus.connect(uri))
                .withMessageStartingWith("uri: not a Redis address (expected: redis://")
                .withMessageNotContainingAny("secret", "alice")
                .withNoCause();
    }
}
