package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    private static ChatServerBuilder reading(String name, String value) {
        return ChatServer.builder().fromEnvironment(Map.of(name, value));
    }

    @Test
    void variables_make_a_server() {
        Map<String, String> variables = Map.of(
                "SOCKET_PORT", "0",
                "CLIENT_URL", "https://a.example/, http://[::1]:3000",
                "CHAT_CONTENT_LENGTH", "7",
                "CHAT_COMMAND_TIMEOUT", " 1500 ");
        try (ChatServer server =
                ChatServer.builder().fromEnvironment(variables).build().start()) {
            assertThat(server.chat().limits().contentLength()).isEqualTo(7);
            assertThat(server.chat().limits().commandTimeout()).isEqualTo(Duration.ofMillis(1_500));
            assertThat(status(server, "https://a.example")).isEqualTo(200);
            assertThat(status(server, "http://[::1]:3000")).isEqualTo(200);
            assertThat(status(server, ChatServerBuilder.DEFAULT_ORIGIN)).isEqualTo(403);
        }
    }

    private static int status(ChatServer server, String origin) {
        return RawHttp.get(server.port(), "/health/live", "Origin: " + origin).status();
    }

    @Test
    void policy_and_rates_can_be_chosen() {
        Map<String, String> variables = Map.of(
                "SOCKET_PORT",
                "0",
                "CHAT_HOST",
                "127.0.0.1",
                "CHAT_ACCESS_POLICY",
                "members",
                "CHAT_RATE_LIMITS",
                "off");
        try (ChatServer server = ChatServer.builder()
                .authenticator(Principal::of)
                .fromEnvironment(variables)
                .build()
                .start()) {
            for (int i = 0; i < 60; i++) {
                assertThat(RawHttp.get(server.port(), "/api/conversations/r/messages", "Authorization: Bearer ann")
                                .status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void folder_of_files_is_reserved_once_the_server_is_built(@TempDir Path folder) {
        Map<String, String> variables = Map.of("SOCKET_PORT", "0", "CHAT_FILES", folder.toString());
        assertThat(ChatServer.builder().fromEnvironment(variables).mistakes()).isEmpty();
        try (ChatServer first =
                ChatServer.builder().fromEnvironment(variables).build().start()) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() ->
                            ChatServer.builder().fromEnvironment(variables).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("CHAT_FILES: " + folder + " (expected: a folder that no other server uses)");
        }
        ChatServer.builder().fromEnvironment(variables).build().close();
    }

    @Test
    void folder_of_files_is_refused_with_a_bus_to_other_servers(@TempDir Path folder) {
        ChatServerBuilder builder = ChatServer.builder()
                .store(ChatStore.inMemory())
                .fromEnvironment(Map.of("CHAT_CLUSTER", "store", "CHAT_FILES", folder.toString()));
        assertThat(builder.mistakes())
                .containsExactly("CHAT_FILES: " + folder + " (expected: a store of files that all nodes use)");
        assertThat(builder.attachments(AttachmentStore.inMemory()).mistakes()).isEmpty();
    }

    @Test
    void legacy_clients_are_accepted_if_set() {
        String target = "/socket.io/?EIO=3&transport=polling";
        for (String value : new String[] {"true", "false"}) {
            try (ChatServer server = ChatServer.builder()
                    .fromEnvironment(Map.of("SOCKET_PORT", "0", "CHAT_LEGACY_CLIENTS", value))
                    .build()
                    .start()) {
                RawHttp.Response opened = RawHttp.get(server.port(), target);
                assertThat(opened.status()).isEqualTo(value.equals("true") ? 200 : 400);
                RawPolling.leave(server.port(), target, opened);
            }
        }
    }

    @Test
    void what_is_set_afterwards_counts_more() {
        try (ChatServer server = reading("SOCKET_PORT", "1").port(0).build().start()) {
            assertThat(server.port()).isGreaterThan(1);
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            SOCKET_PORT           | 65536                | SOCKET_PORT: 65536 (expected: 0 to 65,535)
            SOCKET_PORT           | -1                   | SOCKET_PORT: -1 (expected: 0 to 65,535)
            SOCKET_PORT           | http                 | SOCKET_PORT: http (expected: 0 to 65,535)
            CLIENT_URL            | localhost:3000       | CLIENT_URL: localhost:3000 (expected: scheme://host[:port], such as https://app.example.com)
            CLIENT_URL            | *                    | CLIENT_URL: * (expected: each origin by its name, as pages of any other site would act for their visitors)
            CLIENT_URL            | https://a.example/x  | CLIENT_URL: https://a.example/x (expected: scheme://host[:port], such as https://app.example.com)
            CLIENT_URL            | https://u:pw@a.b     | CLIENT_URL: https://***@a.b (expected: scheme://host[:port], such as https://app.example.com)
            CHAT_HOST             | 0.0.0.0              | CHAT_HOST: 0.0.0.0 (expected: loopback, an authenticator, or openAccess())
            CHAT_OPEN_ACCESS      | yes                  | CHAT_OPEN_ACCESS: yes (expected: true or false)
            CHAT_ACCESS_POLICY    | closed               | CHAT_ACCESS_POLICY: closed (expected: open or members)
            CHAT_RATE_LIMITS      | none                 | CHAT_RATE_LIMITS: none (expected: on or off)
            CHAT_LEGACY_CLIENTS   | 1                    | CHAT_LEGACY_CLIENTS: 1 (expected: true or false)
            CHAT_TRUSTED_PROXIES  | 10.0.0.0/33          | CHAT_TRUSTED_PROXIES: 10.0.0.0/33 (expected: an address such as 10.0.0.7, or a range such as 10.0.0.0/8)
            CHAT_NODE             | Node_1               | CHAT_NODE: Node_1 (expected: 1 to 16 small letters, digits and hyphens)
            CHAT_NODE             | n2345678901234567    | CHAT_NODE: n2345678901234567 (expected: 1 to 16 small letters, digits and hyphens)
            CHAT_CLUSTER          | alice:secret@redis   | CHAT_CLUSTER: neither store nor an address of Redis, such as redis://user:password@redis:6379
            CHAT_CLUSTER          | redis://a:b@c/4      | CHAT_CLUSTER: neither store nor an address of Redis, such as redis://user:password@redis:6379
            CHAT_CLUSTER          | redis://a:b@c        | CHAT_CLUSTER: RedisBus (expected: a store that all nodes use)
            CHAT_CLUSTER          | store                | CHAT_CLUSTER: DetachedBus (expected: a store that all nodes use)
            CHAT_TLS_KEY          | key.pem              | CHAT_TLS_KEY: only one of the two files is set (expected: a certificate chain and its key)
            CHAT_FRAME_BYTES      | 1023                 | CHAT_FRAME_BYTES: 1023 (expected: 1,024 to 16,777,216 bytes)
            CHAT_COMMAND_TIMEOUT  | 10s                  | CHAT_COMMAND_TIMEOUT: 10s (expected: 1 to 3,600,000 ms)
            CHAT_EDIT_WINDOW      | 0                    | CHAT_EDIT_WINDOW: 0 (expected: 1 to 876,000 hours)
            CHAT_HISTORY_PAGE     | 101                  | CHAT_HISTORY_PAGE: 101 (expected: <= historyPageMax, 100)
            """)
    void mistake_names_variable_value_and_expectation(String name, String value, String line) {
        assertThat(reading(name, value).mistakes()).containsExactly(line);
        assertThatThrownBy(reading(name, value)::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(line);
    }

    @Test
    void mistakes_of_the_environment_and_of_code_are_reported_together() {
        ChatServerBuilder builder = reading("CHAT_MEMBERS", "many")
                .port(-1)
                .allowedOrigins("a", "https://b.example", "c")
                .trustedProxies("x", "y")
                .page(getClass().getClassLoader(), "nowhere");

        assertThat(builder.mistakes())
                .extracting(line -> line.substring(0, line.indexOf(" (expected: ")))
                .containsExactly(
                        "CHAT_MEMBERS: many",
                        "port: -1",
                        "allowedOrigins: a",
                        "allowedOrigins: c",
                        "trustedProxies: x",
                        "trustedProxies: y",
                        "page: nowhere");
        assertThatThrownBy(builder::build).hasMessage(String.join("\n", builder.mistakes()));
    }

    @Test
    void bus_to_other_servers_takes_a_store_that_they_use() {
        ChatServerBuilder builder = ChatServer.builder().cluster(ClusterBus.viaStore(Duration.ofSeconds(1)));
        assertThat(builder.mistakes()).containsExactly("cluster: DetachedBus (expected: a store that all nodes use)");
        assertThat(builder.store(ChatStore.inMemory()).mistakes()).isEmpty();
    }

    @Test
    void bus_of_the_host_replaces_one_of_the_environment() {
        ChatServerBuilder builder = reading("CHAT_CLUSTER", "nonsense").cluster(ClusterBus.local());
        assertThat(builder.mistakes()).isEmpty();
    }

    @Test
    void ids_of_sessions_begin_with_the_name_of_the_server() {
        try (ChatServer server = reading("CHAT_NODE", "n-1").port(0).build().start()) {
            String target = "/socket.io/?EIO=4&transport=polling";
            RawHttp.Response opened = RawHttp.get(server.port(), target);
            assertThat(opened.body()).matches("(?s).*\"sid\":\"n-1\\.[A-Za-z0-9_-]{24}\".*");
            RawPolling.leave(server.port(), target, opened);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void blank_variable_counts_as_unset(String blank) {
        assertThat(reading("SOCKET_PORT", blank).mistakes()).isEmpty();
    }

    @Test
    void value_takes_one_line_and_not_a_long_one() {
        assertThat(reading("CHAT_HOST", "a\nb" + "c".repeat(1_000)).mistakes())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .hasLineCount(1)
                        .startsWith("CHAT_HOST: a?bccc")
                        .hasSizeLessThan(300));
    }

    @Test
    void unknown_name_is_a_warning_that_shows_no_value() {
        try (LogLines log = LogLines.capture()) {
            reading("CHAT_PROT", "hunter2")
                    .fromEnvironment(Map.of("PATH", "/bin", "CHAT_HOST", "::1"))
                    .build()
                    .close();

            assertThat(log.text())
                    .contains("WARN")
                    .contains("ignoring unknown variable CHAT_PROT")
                    .doesNotContain("hunter2", "PATH", "CHAT_HOST");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CHAT_TURN_URLS=turn:t CHAT_TURN_SECRET=hunter2 CHAT_TURN_ONLY=true, 'CHAT_TURN_URLS, CHAT_TURN_SECRET, CHAT_TURN_ONLY'",
        "CHAT_STUN_URLS=stun:s, CHAT_STUN_URLS",
        "CHAT_CALLS=false CHAT_STUN_URLS=stun:s, CHAT_STUN_URLS",
        "CHAT_CALLS=true CHAT_STUN_URLS=stun:s CHAT_TURN_URLS=turn:t CHAT_TURN_SECRET=hunter2, CHAT_STUN_URLS",
        "CHAT_CALLS=true CHAT_STUN_URLS=stun:s, ''",
        "CHAT_CALLS=true CHAT_TURN_URLS=turn:t CHAT_TURN_SECRET=hunter2 CHAT_TURN_ONLY=true, ''",
        "CHAT_CALLS=true, ''",
    })
    void variables_of_calls_without_effect_are_named_in_a_warning(String variables, String named) {
        Map<String, String> values = Stream.of(variables.split(" "))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
        try (LogLines log = LogLines.capture()) {
            ChatServer.builder().port(0).fromEnvironment(values).build().close();
            String warnings = log.text()
                    .lines()
                    .filter(line -> line.contains("without effect"))
                    .collect(Collectors.joining());
            assertThat(warnings).doesNotContain("hunter2").endsWith(named);
            assertThat(warnings.isEmpty()).isEqualTo(named.isEmpty());
        }
    }

    @Test
    void relays_only_need_a_turn_server() {
        assertThatThrownBy(reading("CHAT_TURN_ONLY", "true")::build)
                .hasMessageContaining(
                        "relays only, without TURN servers (expected: CHAT_TURN_URLS with CHAT_TURN_ONLY)");
    }
}
