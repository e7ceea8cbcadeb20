package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.spi.Authenticator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of elsewhere can give its own name this machine's address, and is then of one origin with the server. */
class HostNamesTest {
    private static final String[] TARGETS = {
        "/socket.io/?EIO=4&transport=polling",
        "/api/conversations/r/messages",
        "/health/live",
        "/api/contract/asyncapi.yaml"
    };

    private enum Setup {
        BELIEVES_EVERYBODY {
            @Override
            ChatServerBuilder builder() {
                return ChatServer.builder();
            }
        },
        BELIEVES_TOKENS {
            @Override
            ChatServerBuilder builder() {
                return ChatServer.builder().authenticator(new Believing());
            }
        },
        IS_OPEN {
            @Override
            ChatServerBuilder builder() {
                return ChatServer.builder().host("127.0.0.1").openAccess();
            }
        },
        IS_OPEN_UNDER_A_NAME {
            @Override
            ChatServerBuilder builder() {
                return ChatServer.builder().host("127.0.0.1").openAccess().allowedHosts("Chat.example");
            }
        },
        VERIFIES {
            @Override
            ChatServerBuilder builder() {
                return ChatServer.builder().host("127.0.0.1").authenticator(Principal::of);
            }
        },
        VERIFIES_UNDER_A_NAME {
            @Override
            ChatServerBuilder builder() {
                return VERIFIES.builder().allowedHosts("chat.example", "[2001:db8::1]");
            }
        };

        abstract ChatServerBuilder builder();
    }

    private static final class Believing implements Authenticator {
        @Override
        public Principal authenticate(String token) {
            return Principal.of(token);
        }

        @Override
        public boolean verifies() {
            return false;
        }
    }

    @ParameterizedTest(name = "{0} answers to {1}: {2}")
    @CsvSource({
        "BELIEVES_EVERYBODY, localhost, true",
        "BELIEVES_EVERYBODY, LOCALHOST:3001, true",
        "BELIEVES_EVERYBODY, chat.localhost:3001, true",
        "BELIEVES_EVERYBODY, 127.0.0.1:3001, true",
        "BELIEVES_EVERYBODY, 127.9.9.9, true",
        "BELIEVES_EVERYBODY, [::1]:3001, true",
        "BELIEVES_EVERYBODY, rebound.example:3001, false",
        "BELIEVES_EVERYBODY, localhost.evil.example, false",
        "BELIEVES_EVERYBODY, 127.0.0.1.evil.example, false",
        "BELIEVES_EVERYBODY, 127.0.0.1evil.example, false",
        "BELIEVES_EVERYBODY, evillocalhost, false",
        "BELIEVES_EVERYBODY, 10.0.0.1, false",
        "BELIEVES_TOKENS, localhost, true",
        "BELIEVES_TOKENS, rebound.example:3001, false",
        "IS_OPEN, rebound.example:3001, true",
        "IS_OPEN_UNDER_A_NAME, chat.example:3001, true",
        "IS_OPEN_UNDER_A_NAME, CHAT.EXAMPLE, true",
        "IS_OPEN_UNDER_A_NAME, localhost, true",
        "IS_OPEN_UNDER_A_NAME, rebound.example:3001, false",
        "VERIFIES, rebound.example, true",
        "VERIFIES_UNDER_A_NAME, chat.example, true",
        "VERIFIES_UNDER_A_NAME, [2001:db8::1]:3001, true",
        "VERIFIES_UNDER_A_NAME, rebound.example, false"
    })
    void name_is_answered_to(Setup setup, String host, boolean answered) {
        try (ChatServer server = setup.builder().port(0).build().start()) {
            for (String target : TARGETS) {
                for (String more :
                        new String[] {"", "Origin: http://" + host + "\r\n", "Authorization: Bearer ann\r\n"}) {
                    try (RawHttp http = new RawHttp(server.port())) {
                        http.write(("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                        Response answer = http.read();
                        assertThat(answer.status() != 403).as(target + more).isEqualTo(answered);
                        RawPolling.leave(server.port(), target, answer);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1"})
    void authenticator_that_does_not_verify_is_no_lock(String address) {
        ChatServerBuilder builder =
                ChatServer.builder().authenticator(new Believing()).host(address);
        assertThatThrownBy(builder::build).hasMessageContaining("host: " + address + " (expected: ");
        assertThat(builder.openAccess().mistakes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://chat.example", "chat.example:3001", "*", "a b"})
    void text_that_is_no_host_name_is_refused(String name) {
        assertThat(ChatServer.builder().allowedHosts(name).mistakes())
                .singleElement()
                .asString()
                .startsWith("allowedHosts: " + name + " (expected: ");
    }
}
