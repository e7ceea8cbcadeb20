package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real proxy in front of three servers, with a configuration of the examples. */
final class Balancer implements AutoCloseable {
    private static final Path CONFIGURATIONS =
            Path.of(System.getProperty("basedir", "."), "..", "examples", "chat-server", "deploy");
    private static final int FIRST_PORT = 3001;

    enum Kind {
        NGINX("nginx-nodes.conf", "listen 8080;", "listen 127.0.0.1:%d;") {
            @Override
            List<String> command(Path folder, Path configuration) {
                return List.of("nginx", "-p", folder.toString(), "-c", configuration.toString(), "-g", "daemon off;");
            }
        },
        HAPROXY("haproxy-nodes.cfg", "bind :8080", "bind 127.0.0.1:%d") {
            @Override
            List<String> command(Path folder, Path configuration) {
                return List.of("haproxy", "-db", "-f", configuration.toString());
            }
        };

        private final String file;
        private final String listen;
        private final String listenHere;

        Kind(String file, String listen, String listenHere) {
            this.file = file;
            this.listen = listen;
            this.listenHere = listenHere;
        }

        abstract List<String> command(Path folder, Path configuration);

        /** Returns the configuration of the examples with other ports. */
        String configuration(int port, List<Integer> ports) throws IOException {
            String text = Files.readString(CONFIGURATIONS.resolve(file));
            assertThat(text).contains(listen);
            text = text.replace(listen, listenHere.formatted(port));
            for (int i = 0; i < ports.size(); i++) {
                assertThat(text).contains("127.0.0.1:" + (FIRST_PORT + i));
                text = text.replace("127.0.0.1:" + (FIRST_PORT + i), "127.0.0.1:" + ports.get(i));
            }
            return text;
        }
    }

    private final Process process;
    private final int port;

    private Balancer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a proxy in front of the servers n1, n2 and n3 at the given ports of this machine. Waits until it works. */
    static Balancer start(Kind kind, Path folder, List<Integer> ports) throws IOException {
        int port = ReservedPort.choose();
        Path configuration = Files.writeString(folder.resolve(kind.file), kind.configuration(port, ports));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(kind.command(folder, configuration))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                    return RawHttp.get(port, "/health/ready").status() == 200;
                });
        return new Balancer(process, port);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        assertThat(process.onExit()).succeedsWithin(20, TimeUnit.SECONDS);
    }
}
