package io.roomcast.chat.socketio.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WithoutWebPushTest {
    private final List<Path> classPath = HostProcess.classPath().stream()
            .filter(path -> !path.toString().contains("web-push"))
            .toList();

    @Test
    void missing_library_is_named_with_what_to_add() {
        String joined = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        HostProcess run = HostProcess.run(List.of("-cp", joined, WebPushMain.class.getName()));

        assertThat(run.output().lines())
                .containsExactly(
                        "keys 87",
                        "java.lang.IllegalStateException: WebPush needs zerodep-web-push-java: add"
                                + " com.zerodeplibs:zerodep-web-push-java, version 2, to the dependencies");
    }

    @Test
    void server_without_web_push_does_not_need_it() {
        assertThat(HostProcess.onClassPath(classPath).output()).contains("built", "answered 200");
    }
}
