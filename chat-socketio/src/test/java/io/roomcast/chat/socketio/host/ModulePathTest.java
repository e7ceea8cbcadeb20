package io.roomcast.chat.socketio.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs hosts that are named modules, and links them into an image. */
class ModulePathTest {
    @TempDir
    Path folder;

    @Test
    void named_module_serves_its_page_on_the_module_path() throws IOException {
        Path host = compiled("host", "io.roomcast.chat.socketio", "");
        Files.createDirectories(host.resolve("page"));
        Files.writeString(host.resolve("page/index.html"), "<html>our own</html>");
        HostProcess run = HostProcess.run(List.of("-p", modulePath(host), "-m", "host/host.Main"));
        assertThat(run.output()).contains("handshake 200", "page <html>our own</html>", "stored 1");
    }

    @Test
    void named_module_keeps_messages_in_mongo() throws IOException {
        MongoServer database = new MongoServer(new MemoryBackend());
        String uri = "mongodb:/" + database.bind() + "/chat";
        try {
            Path host = compiled(
                    "host",
                    "io.roomcast.chat.mongo; requires io.roomcast.chat.socketio",
                    ".store(io.roomcast.chat.mongo.MongoChatStore.connect(\"" + uri + "\"))");
            HostProcess run = HostProcess.run(List.of("-p", modulePath(host), "-m", "host/host.Main"));
            assertThat(run.output()).contains("handshake 200", "stored 1");
        } finally {
            database.shutdownNow();
        }
    }

    @Test
    void linked_image_runs_the_server() throws Exception {
        assumeThat(Path.of(System.getProperty("java.home"), "jmods")).exists();
        assumeThat(isAutomaticModule(ByteToMessageDecoder.class))
                .as("jlink cannot link Netty 4.1, whose codec is an automatic module")
                .isFalse();
        Path host = compiled("host", "io.roomcast.chat.socketio", "");
        Path image = folder.resolve("image");
        HostProcess linked = HostProcess.run(
                HostProcess.tool("jlink"),
                List.of("--module-path", modulePath(host), "--add-modules", "host", "--output", image.toString()));
        assertThat(linked.output()).doesNotContain("Error");
        HostProcess run = HostProcess.run(image.resolve("bin/java"), List.of("-m", "host/host.Main"));
        assertThat(run.output()).contains("handshake 200", "stored 1");
    }

    private static boolean isAutomaticModule(Class<?> type) throws URISyntaxException {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(jar).findAll().stream()
                .anyMatch(module -> module.descriptor().isAutomatic());
    }

    /** Compiles a module that requires another one, and returns its folder. */
    private Path compiled(String name, String required, String more) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources").resolve(name));
        Files.writeString(sources.resolve("module-info.java"), """
                module host {
                    requires java.net.http;
                    requires %s;
                    opens page;
                }
                """.formatted(required));
        Files.writeString(
                Files.createDirectories(sources.resolve("page")).resolve("Here.java"), "package page; class Here {}");
        Path program = Files.createDirectories(sources.resolve("host")).resolve("Main.java");
        Files.writeString(program, PROGRAM.replace("/*more*/", more));
        Path classes = folder.resolve("classes");
        HostProcess javac = HostProcess.run(
                HostProcess.tool("javac"),
                List.of(
                        "-p",
                        modulePath(classes),
                        "-d",
                        classes.toString(),
                        sources.resolve("module-info.java").toString(),
                        sources.resolve("page/Here.java").toString(),
                        program.toString()));
        assertThat(javac.exitCode()).as(javac.output()).isZero();
        return classes;
    }

    private static final String PROGRAM = """
            package host;

            import io.roomcast.chat.model.NewMessage;
            import io.roomcast.chat.socketio.ChatServer;
            import java.net.URI;
            import java.net.http.HttpClient;
            import java.net.http.HttpRequest;
            import java.net.http.HttpResponse;

            public class Main {
                public static void main(String[] arguments) throws Exception {
                    var builder = ChatServer.builder().port(0)/*more*/;
                    if (Main.class.getResource("/page/index.html") != null) {
                        builder.page(Main.class.getClassLoader(), "page");
                    }
                    try (ChatServer server = builder.build().start()) {
                        HttpResponse<String> opened = get(server, "/socket.io/?EIO=4&transport=polling");
                        System.out.println("handshake " + opened.statusCode());
                        leave(server, opened.body().replaceAll(".*\\"sid\\":\\"([^\\"]+)\\".*", "$1"));
                        System.out.println("page " + get(server, "/").body());
                        System.out.println("stored " + server.chat().send("r", NewMessage.system("hi")).join().seq());
                    }
                }

                static HttpResponse<String> get(ChatServer server, String path) throws Exception {
                    return send(server, path, "GET", "");
                }

                static void leave(ChatServer server, String sid) throws Exception {
                    send(server, "/socket.io/?EIO=4&transport=polling&sid=" + sid, "POST", "1");
                }

                static HttpResponse<String> send(ChatServer server, String path, String method, String body)
                        throws Exception {
                    URI address = URI.create("http://localhost:" + server.port() + path);
                    HttpRequest request = HttpRequest.newBuilder(address)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build();
                    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                }
            }
            """;

    /** Returns the module path of a host, which includes the host itself. */
    private static String modulePath(Path host) {
        return Stream.concat(Stream.of(host, Path.of("target/classes").toAbsolutePath()), libraries())
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> libraries() {
        return HostProcess.classPath().stream().filter(path -> isLibrary(path.toString()));
    }

    private static boolean isLibrary(String path) {
        return path.endsWith("target/classes")
                || path.matches(".*/chat-(core|mongo)-[^/]*\\.jar") && !path.endsWith("-tests.jar")
                || Stream.of(
                                "netty-socketio",
                                "/io/netty/",
                                "jackson-core",
                                "jackson-databind",
                                "jackson-annotations",
                                "slf4j-",
                                "/org/mongodb/")
                        .anyMatch(path::contains);
    }
}
