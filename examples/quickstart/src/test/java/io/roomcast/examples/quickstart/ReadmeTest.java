package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AccessPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The samples of the README stand in code that runs here. */
class ReadmeTest {
    private static final int PORT = 3001;
    private static final String MESSAGES = "/api/conversations/conversation-1/messages";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void first_sample_is_the_quickstart() throws Exception {
        String source = Files.readString(
                Path.of("src/main/java").resolve(Quickstart.class.getName().replace('.', '/') + ".java"));
        assertThat(withoutSpace(source)).contains(withoutSpace(sample(0)));
    }

    @Test
    void quickstart_welcomes() throws Exception {
        assumeTrue(isFree(PORT), "port " + PORT + " is in use");
        Quickstart.main(new String[0]);
        assertThat(get(PORT).body()).contains("\"content\":\"Welcome\"");
    }

    @Test
    void embedding_sample_runs() throws Exception {
        MongoServer mongo = new MongoServer(new MemoryBackend());
        String uri = "mongodb://127.0.0.1:" + mongo.bind().getPort() + "/chat";
        try (ChatServer server = embedded(0, uri)) {
            assertThat(get(server.port()).statusCode()).isEqualTo(401);
        } finally {
            mongo.shutdownNow();
        }
    }

    private static ChatServer embedded(int port, String uri) {
        ChatServer server = ChatServer.builder()
                .port(port)
                .store(MongoChatStore.connect(uri))
                .authenticator(token -> Principal.of(verify(token)))
                .accessPolicy(AccessPolicy.membersOnly())
                .allowedOrigins("https://app.example.com")
                .build()
                .start();
        return server;
    }

    private static String verify(String token) {
        throw ChatException.of(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void embedding_sample_is_the_one_that_runs() throws Exception {
        String source = Files.readString(
                Path.of("src/test/java").resolve(getClass().getName().replace('.', '/') + ".java"));
        String shown = sample(1).replace("3001", "port").replace("\"mongodb://localhost:27017/chat\"", "uri");
        assertThat(withoutSpace(source)).contains(withoutSpace(shown));
    }

    @Test
    void clients_are_those_that_are_tested() throws Exception {
        List<String> tested = new ArrayList<>();
        String scripts = Files.readString(Path.of("../../chat-socketio/src/test/js/package.json"));
        Pattern.compile("npm:socket\\.io-client@([0-9.]+)")
                .matcher(scripts)
                .results()
                .forEach(found -> tested.add(found.group(1)));
        String pom = Files.readString(Path.of("../../pom.xml"));
        Pattern.compile("<socket\\.io-client\\.version>([0-9.]+)<")
                .matcher(pom)
                .results()
                .forEach(found -> tested.add(found.group(1)));
        String clients = readme().split("## Clients\n")[1].split("\n## ")[0];
        assertThat(Pattern.compile("(?m)^\\| [^|]+`socket\\.io-client`[^|]*\\| ([0-9.]+) \\|")
                        .matcher(clients.replace("io.socket:", ""))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    private static String sample(int index) throws IOException {
        return readme().split("```java\n")[index + 1].split("```")[0];
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("../../README.md"));
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    private HttpResponse<String> get(int port) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + MESSAGES);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
