package io.roomcast.chat.socketio.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WithoutJedisTest {
    @Test
    void missing_jedis_is_named_with_what_to_add() {
        String classPath = HostProcess.classPath().stream()
                .map(Path::toString)
                .filter(path -> !path.contains("jedis"))
                .collect(Collectors.joining(File.pathSeparator));
        HostProcess run = HostProcess.run(List.of("-cp", classPath, RedisMain.class.getName()));

        assertThat(run.output())
                .contains(
                        "java.lang.IllegalStateException: RedisBus needs jedis: add redis.clients:jedis, version 8, to"
                                + " the dependencies");
    }
}
