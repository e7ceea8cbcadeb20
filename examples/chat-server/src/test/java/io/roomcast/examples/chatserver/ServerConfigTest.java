package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.socketio.ChatServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void everything_hasADefault() {
        assertThat(ServerConfig.parse(Map.of()))
                .isEqualTo(new ServerConfig(
                        Map.of(),
                        new StoreChoice.Embedded(Path.of("./chat-data")),
                        null,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO));
    }

    @Test
    void webhook_hasAnUrlAndSecrets() {
        Map<String, String> variables = Map.of(
                "CHAT_WEBHOOK_URL", "https://crm.example/hook?key=private",
                "CHAT_WEBHOOK_SECRET",
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        WebhookSettings webhook = ServerConfig.parse(variables).webhook().orElseThrow();
        assertThat(webhook.secrets()).hasSize(2);
        assertThat(webhook.resume()).isFalse();
        assertThat(webhook).hasToString("https://crm.example");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    https://a.example | none                                       | CHAT_WEBHOOK_SECRET: none
                    none              | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw     | CHAT_WEBHOOK_SECRET: (not shown)
                    https://a.example | whsec_short                                | CHAT_WEBHOOK_SECRET: (not shown)
                    ftp://a.example   | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw     | CHAT_WEBHOOK_URL: (not shown)
                    https://u:p@a.b   | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw     | CHAT_WEBHOOK_URL: (not shown)
                    """)
    void incompleteOrInvalidWebhook_isRefused(String url, String secret, String line) {
        Map<String, String> variables = new HashMap<>();
        variables.put("CHAT_WEBHOOK_URL", url == null ? "" : url);
        variables.put("CHAT_WEBHOOK_SECRET", secret == null ? "" : secret);
        assertThatThrownBy(() -> ServerConfig.parse(variables))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(line);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    SOCKET_PORT       | 0                                 | 0        | store: embedded at ./chat-data, authentication: off, loopback only
                    SOCKET_PORT       | 65535                             | 65535    | store: embedded at ./chat-data, authentication: off, loopback only
                    CHAT_HOST         | 127.0.0.1                         | 3001     | store: embedded at ./chat-data, authentication: off, loopback only
                    CHAT_HOST         | ::1                               | 3001     | store: embedded at ./chat-data, authentication: off, loopback only
                    CHAT_STORE        | memory                            | 3001     | store: memory, lost when the server stops, authentication: off, loopback only
                    CHAT_STORE        | embedded                          | 3001     | store: embedded at ./chat-data, authentication: off, loopback only
                    CHAT_DATA_DIR     | /var/lib/chat                     | 3001     | store: embedded at /var/lib/chat, authentication: off, loopback only
                    MONGODB_URI       | mongodb://ann:pw@db:27017/c?tls=1 | 3001     | store: MongoDB at mongodb://***@db:27017/c, authentication: off, loopback only
                    MONGODB_URI       | mongodb+srv://cluster.example/c   | 3001     | store: MongoDB at mongodb+srv://cluster.example/c, authentication: off, loopback only
                    CHAT_TOKEN_SECRET | 0123456789abcdef0123456789abcdef  | 3001     | store: embedded at ./chat-data, authentication: on, every address
                    CHAT_OPEN_ACCESS  | true                              | 3001     | store: embedded at ./chat-data, authentication: off, every address
                    CHAT_DEMO         | true                              | 3001     | store: embedded at ./chat-data, authentication: demo, every name is believed, loopback only
                    """)
    void variable_isObeyed(String name, String value, int port, String summary) {
        ServerConfig config = ServerConfig.parse(Map.of(name, value));

        assertThat(config.port()).isEqualTo(String.valueOf(port));
        assertThat(config).hasToString(summary);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    SOCKET_PORT       | 65536                | SOCKET_PORT: 65536 (expected: 0 to 65,535)
                    SOCKET_PORT       | -1                   | SOCKET_PORT: -1 (expected: 0 to 65,535)
                    SOCKET_PORT       | http                 | SOCKET_PORT: http (expected: 0 to 65,535)
                    CLIENT_URL        | localhost:3000       | CLIENT_URL: localhost:3000 (expected: scheme://host[:port], such as https://app.example.com)
                    CLIENT_URL        | *                    | CLIENT_URL: * (expected: each origin by its name, as pages of any other site would act for their visitors)
                    CLIENT_URL        | https://a.example/x  | CLIENT_URL: https://a.example/x (expected: scheme://host[:port], such as https://app.example.com)
                    MONGODB_URI       | postgres://db/chat   | MONGODB_URI: postgres://db/chat (expected: mongodb://host[:port]/database or mongodb+srv://…)
                    MONGODB_URI       | mongodb://db:27017   | MONGODB_URI: mongodb://db:27017 (expected: mongodb://host[:port]/database or mongodb+srv://…)
                    CHAT_STORE        | mongo                | CHAT_STORE: mongo (expected: embedded, memory, or mongo together with MONGODB_URI)
                    CHAT_STORE        | redis                | CHAT_STORE: redis (expected: embedded, memory, or mongo together with MONGODB_URI)
                    CHAT_TOKEN_SECRET | hunter2              | CHAT_TOKEN_SECRET: (not shown) (expected: at least 32 bytes)
                    CHAT_TOKEN_SECRET | ''                   | CHAT_TOKEN_SECRET: (not shown) (expected: at least 32 bytes)
                    CHAT_OPEN_ACCESS  | yes                  | CHAT_OPEN_ACCESS: yes (expected: true or false)
                    CHAT_METRICS_PORT | 65536                | CHAT_METRICS_PORT: 65536 (expected: 0 to 65,535)
                    CHAT_METRICS_HOST | 0.0.0.0              | CHAT_METRICS_HOST: 0.0.0.0 (expected: together with CHAT_METRICS_PORT)
                    CHAT_DEMO         | yes                  | CHAT_DEMO: yes (expected: true or false)
                    CHAT_RATE_LIMITS  | none                 | CHAT_RATE_LIMITS: none (expected: on or off)
                    CHAT_HOST         | 0.0.0.0              | CHAT_HOST: 0.0.0.0 (expected: a loopback address, CHAT_TOKEN_SECRET, or CHAT_OPEN_ACCESS=true)
                    CHAT_HOST         | 127.evil.example     | CHAT_HOST: 127.evil.example (expected: a loopback address, CHAT_TOKEN_SECRET, or CHAT_OPEN_ACCESS=true)
                    CHAT_CLUSTER      | redis://redis:6379   | CHAT_CLUSTER: on, with a store of this server alone (expected: MONGODB_URI, the same for all servers)
                    CHAT_CLUSTER      | store                | CHAT_CLUSTER: on, with a store of this server alone (expected: MONGODB_URI, the same for all servers)
                    CHAT_USERS_FILE   | /no/such/file        | CHAT_USERS_FILE: /no/such/file (expected: a file with a JSON object, such as {"alice": "Alice Example"})
                    CHAT_DRAIN_SECONDS | 601                 | CHAT_DRAIN_SECONDS: 601 (expected: 0 to 600)
                    CHAT_DRAIN_SECONDS | 1m                  | CHAT_DRAIN_SECONDS: 1m (expected: 0 to 600)
                    CHAT_LOG_FORMAT   | xml                  | CHAT_LOG_FORMAT: xml (expected: json or text)
                    CHAT_LOG_LEVEL    | all                  | CHAT_LOG_LEVEL: all (expected: error, warn, info, debug)
                    """)
    void mistake_namesVariableValueAndExpectation(String name, String value, String line) {
        assertThatThrownBy(() -> ServerConfig.parse(Map.of(name, value))).hasMessage(line);
    }

    @Test
    void mistakes_are_reported_together() {
        Map<String, String> variables =
                Map.of("SOCKET_PORT", "x", "CLIENT_URL", "y", "CHAT_STORE", "z", "CHAT_OPEN_ACCESS", "maybe");

        assertThatThrownBy(() -> ServerConfig.parse(variables))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        mistakes -> assertThat(mistakes.lines())
                                .extracting(line -> line.substring(0, line.indexOf(':')))
                                .containsExactly("SOCKET_PORT", "CHAT_OPEN_ACCESS", "CLIENT_URL", "CHAT_STORE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://ann:s3cret@",
                "mongodb://ann:s3cret@db:notaport/chat",
                "mongodb://ann:s3@s3cret@db/chat",
                "mongodb:ann:s3cret@db",
                "mongodb://ann:s3cret?@db:x/?password=s3cret"
            })
    void mistake_neverShowsAPassword(String uri) {
        assertThatThrownBy(() -> ServerConfig.parse(Map.of("MONGODB_URI", uri)))
                .message()
                .startsWith("MONGODB_URI: ")
                .doesNotContain("s3cret");
    }

    @Test
    void blankVariable_isAnAbsentOne() {
        assertThat(ServerConfig.parse(Map.of("SOCKET_PORT", " ", "MONGODB_URI", "", "CHAT_STORE", "")))
                .isEqualTo(ServerConfig.parse(Map.of()));
    }

    @ParameterizedTest(name = "{0}, {1}: {2} s")
    @CsvSource(nullValues = "null", textBlock = """
                    null, null, 0
                    null, 7, 7
                    redis://redis, null, 20
                    store, null, 20
                    store, 0, 0
                    """)
    void clients_move_to_other_servers_only_in_a_cluster(String cluster, String seconds, int drain) {
        Map<String, String> variables = new HashMap<>(Map.of("MONGODB_URI", "mongodb://db/chat"));
        if (cluster != null) {
            variables.put("CHAT_CLUSTER", cluster);
        }
        if (seconds != null) {
            variables.put("CHAT_DRAIN_SECONDS", seconds);
        }

        assertThat(ServerConfig.parse(variables).drain()).hasSeconds(drain);
    }

    @Test
    void demo_isNoLock() {
        assertThatThrownBy(() -> ServerConfig.parse(Map.of("CHAT_DEMO", "true", "CHAT_HOST", "0.0.0.0")))
                .hasMessageStartingWith("CHAT_HOST: 0.0.0.0 (expected: ");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                    null      | 9464 | loopback only
                    127.0.0.2 | 0    | loopback only
                    10.0.0.5  | 9464 | 10.0.0.5 only
                    0.0.0.0   | 9464 | every address
                    """)
    void metrics_areOnLoopback_unlessAnAddressIsNamed(String host, int port, String reach) {
        Map<String, String> variables = new HashMap<>(Map.of("CHAT_METRICS_PORT", String.valueOf(port)));
        if (host != null) {
            variables.put("CHAT_METRICS_HOST", host);
        }

        assertThat(ServerConfig.parse(variables).metrics()).hasValueSatisfying(address -> {
            assertThat(address.port()).isEqualTo(port);
            assertThat(address.listen()).hasToString(reach);
        });
    }

    @Test
    void wideHost_isAllowed_withAuthenticationOrOpenAccess() {
        assertThat(ServerConfig.parse(Map.of("CHAT_HOST", "0.0.0.0", "CHAT_TOKEN_SECRET", SECRET))
                        .listenAddress())
                .hasToString("every address");
        assertThat(ServerConfig.parse(Map.of("CHAT_HOST", "10.0.0.5", "CHAT_OPEN_ACCESS", "true"))
                        .listenAddress())
                .hasToString("10.0.0.5 only");
    }

    @Test
    void openAccess_contradictsAuthentication() {
        assertThatThrownBy(() -> ServerConfig.parse(Map.of("CHAT_OPEN_ACCESS", "true", "CHAT_TOKEN_SECRET", SECRET)))
                .hasMessage("CHAT_OPEN_ACCESS: true (expected: not together with CHAT_TOKEN_SECRET)");
    }

    @Test
    void demo_andTokenSecret_excludeEachOther() {
        assertThatThrownBy(() -> ServerConfig.parse(Map.of("CHAT_DEMO", "true", "CHAT_TOKEN_SECRET", SECRET)))
                .hasMessage("CHAT_DEMO: true (expected: not together with CHAT_TOKEN_SECRET)");
    }

    @Test
    void secret_isNotInTheText() {
        assertThat(ServerConfig.parse(Map.of("CHAT_TOKEN_SECRET", SECRET)).toString())
                .doesNotContain(SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "null", textBlock = """
                    null,      http://localhost:80/
                    0.0.0.0,   http://localhost:80/
                    127.0.0.1, http://127.0.0.1:80/
                    ::1,       http://[::1]:80/
                    """)
    void url_isOneToOpen(String host, String url) {
        assertThat(new ListenAddress(host, false).url("http", 80)).isEqualTo(url);
    }

    @Test
    void demo_answersOnlyToNamesOfThisMachine() throws Exception {
        ServerConfig config = ServerConfig.parse(Map.of("CHAT_DEMO", "true", "SOCKET_PORT", "0"));
        try (ChatServer server = config.builder().build().start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET /api/conversations/r/messages HTTP/1.1\r\nHost: rebound.example\r\n"
                    + "Authorization: Bearer x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 403 ");
        }
    }
}
