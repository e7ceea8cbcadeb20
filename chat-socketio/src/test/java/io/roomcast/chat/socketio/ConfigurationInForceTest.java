package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.RateLimiter;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configuration that a server logs at its start. */
@OnEachTransport
class ConfigurationInForceTest {
    private static final String SECRET = "correct-horse-battery-staple";

    /** Identifies every client as the user that the token names, and has a secret in its text. */
    private static final class TokenAuthenticator implements Authenticator {
        @Override
        public Principal authenticate(String token) {
            return Principal.of(token);
        }

        @Override
        public String toString() {
            return SECRET;
        }
    }

    private static List<String> startLines(ChatServerBuilder builder) {
        try (LogLines log = LogLines.capture();
                ChatServer server = builder.port(0).build().start()) {
            assertThat(server.port()).isPositive();
            return log.of(ChatServer.class).stream()
                    .map(line -> line.replaceFirst("^.*io\\.roomcast\\.chat\\.socketio\\.ChatServer( - |: | )", ""))
                    .toList();
        }
    }

    @Test
    void defaults_are_logged_with_what_is_open() {
        assertThat(startLines(ChatServer.builder()))
                .satisfiesExactly(
                        port -> assertThat(port).startsWith("listening on port "),
                        settings -> assertThat(settings)
                                .matches("configuration: transport=(nio|epoll), address=127\\.0\\.0\\.1:0, .*")
                                .endsWith(
                                        ", path=/socket.io/, tls=off, store=in memory, attachments=none, cluster=none, authenticator=none,"
                                                + " accessPolicy=open rooms, rateLimiter=TokenBuckets,"
                                                + " allowedOrigins=[http://localhost:3000],"
                                                + " allowedHosts=names of this machine, trustedProxies=[], options=[],"
                                                + " limits=defaults"),
                        open -> assertThat(open)
                                .isEqualTo("no authenticator verifies clients: every client that reaches 127.0.0.1"
                                        + " chooses its own user id"));
    }

    @Test
    void settings_are_logged_by_name() {
        ChatServerBuilder builder = ChatServer.builder()
                .host("127.0.0.1")
                .store(ChatStore.inMemory())
                .authenticator(new TokenAuthenticator())
                .accessPolicy(AccessPolicy.membersOnly())
                .rateLimiter(RateLimiter.none())
                .allowedOrigins("https://b.example", "https://a.example")
                .allowedHosts("Chat.example")
                .trustedProxies("10.0.0.0/8", "::1")
                .cluster(ClusterBus.viaStore(Duration.ofMinutes(1)))
                .nodeName("n-1")
                .legacyClients()
                .connectionStateRecovery()
                .refuseSurplusSessions()
                .limits(Limits.builder().contentLength(7).build());

        assertThat(startLines(builder))
                .satisfiesExactly(
                        port -> assertThat(port).startsWith("listening on port "),
                        settings -> assertThat(settings)
                                .endsWith(
                                        " nodeName=n-1, store=InMemoryChatStore, attachments=none, cluster=DetachedBus,"
                                                + " authenticator=TokenAuthenticator,"
                                                + " accessPolicy=members only, rateLimiter=none,"
                                                + " allowedOrigins=[https://a.example, https://b.example],"
                                                + " allowedHosts=names of this machine and [chat.example],"
                                                + " trustedProxies=[10.0.0.0/8, 0:0:0:0:0:0:0:1/128],"
                                                + " options=[legacyClients, connectionStateRecovery, refuseSurplusSessions],"
                                                + " limits=defaults but contentLength=7"),
                        open -> assertThat(open)
                                .isEqualTo("no rate limiter: the number of a user's commands is not limited"));
    }

    @Test
    void open_server_beyond_loopback_warns() {
        try (LogLines log = LogLines.capture();
                ChatServer server =
                        ChatServer.builder().port(0).openAccess().build().start()) {
            assertThat(server.toString()).contains("address=0.0.0.0:0", "options=[openAccess]", "allowedHosts=all");
            assertThat(log.of(ChatServer.class))
                    .anySatisfy(line -> assertThat(line).contains("WARN").contains("reaches 0.0.0.0"));
        }
    }

    @Test
    void text_has_the_state_and_no_secret() throws Exception {
        KeyStore keys = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned()
                .toKeyStore(SECRET.toCharArray());
        try (ChatServer server = ChatServer.builder()
                .fromEnvironment(Map.of("SOCKET_PORT", "0", "CHAT_TOKEN", SECRET))
                .authenticator(new TokenAuthenticator())
                .host("127.0.0.1")
                .tls(keys, SECRET.toCharArray())
                .build()) {
            assertThat(server.toString())
                    .startsWith("ChatServer[built, address=127.0.0.1:0, ")
                    .contains("tls=a key store")
                    .doesNotContain("horse");
            server.start();
            assertThat(server.toString()).startsWith("ChatServer[started, ");
            server.stop(Duration.ZERO);
            assertThat(server.toString()).startsWith("ChatServer[stopped, ");
        }
    }
}
