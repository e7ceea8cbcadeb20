package io.roomcast.chat.socketio.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WithoutJedisTest {
    private final List<Path> classPath = HostProcess.classPath().stream()
            .filter(path -> !path.toString().contains("jedis"))
            .toList();

    @Test
    void missing_jedis_is_named_with_what_to_add() {
        String joined = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        HostProcess run = HostProcess.run(List.of("-cp", joined, RedisMain.class.getName()));

        assertThat(run.output().lines())
                .containsExactly(
                        "java.lang.IllegalStateException: RedisBus needs jedis: add redis.clients:jedis, version 8, to the"
                                + " dependencies",
                        "[CHAT_CLUSTER: RedisBus needs jedis: add redis.clients:jedis, version 8, to the dependencies]");
    }

    @Test
    void single_server_needs_no_jedis() {
        assertThat(HostProcess.onClassPath(classPath).output()).contains("built", "answered 200");
    }
}
