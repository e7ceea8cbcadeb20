package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official JavaScript clients with a real server. The scripts contain the assertions. */
@RequiresNode
@OnEachTransport
class JavaScriptClientsTest {
    private static final String FINISHED = "{\"client\":\"course\",\"event\":\"finished\"}";

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("clientsAndTransports")
    void seed_page_works_unchanged(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.open()) {
            assertFinished(NodeScript.run("seed-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("clientsAndTransports")
    void every_event_is_acknowledged_once(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.open()) {
            assertFinished(NodeScript.run("ack-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("clientsAndTransports")
    void only_valid_tokens_are_accepted(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticated()) {
            assertFinished(NodeScript.run("auth-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("clientsAndTransports")
    void client_continues_where_it_was_disconnected(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticated()) {
            assertFinished(NodeScript.run("resume-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("clientsAndTransports")
    void anonymous_tabs_see_each_other_and_have_equal_counts(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.open()) {
            assertFinished(NodeScript.run("attendance-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "client-4, {0}")
    @ValueSource(strings = {"default", "websocket,polling", "polling", "websocket"})
    void stock_client_recovers_its_session(String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.recovering()) {
            assertFinished(NodeScript.run("recovery-client.mjs", server.url(), "client-4", transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("clientsAndTransports")
    void seed_page_works_with_connection_state_recovery(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.openAndRecovering()) {
            assertFinished(NodeScript.run("seed-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "client-4, {0}")
    @ValueSource(strings = {"websocket", "polling"})
    void acks_and_events_have_the_fields_of_the_contract(String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticated()) {
            assertFinished(NodeScript.run("contract-client.mjs", server.url(), "client-4", transports));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"client-4", "client-3"})
    void users_have_names_and_large_rooms_numbers(String client) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.withLargeRooms()) {
            assertFinished(NodeScript.run("people-client.mjs", server.url(), client, "websocket"));
        }
    }

    @ParameterizedTest(name = "client-2, {0}")
    @ValueSource(strings = {"default", "websocket,polling", "polling", "websocket"})
    void seed_page_works_with_client_2_if_legacy_clients_are_enabled(String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.legacy()) {
            assertFinished(NodeScript.run("seed-client.mjs", server.url(), "client-2", transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allClientsAndTransports")
    void file_in_a_message_is_refused_and_the_next_message_stored(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.legacy()) {
            assertFinished(NodeScript.run("binary-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allClientsAndTransports")
    void client_that_sends_an_oversized_packet_receives_the_reason(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.legacy()) {
            assertFinished(NodeScript.run("large-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allClientsAndTransports")
    void messages_that_were_queued_offline_are_all_stored(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.legacyWithoutRates()) {
            assertFinished(NodeScript.run("queue-client.mjs", server.url(), client, transports));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allClientsAndTransports")
    void client_reconnects_after_a_retryable_refusal(String client, String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.busy()) {
            assertFinished(NodeScript.run("retry-client.mjs", server.url(), client, transports));
        }
    }

    private static Stream<Arguments> allClientsAndTransports() {
        return Stream.concat(
                clientsAndTransports(),
                Stream.of("default", "polling", "websocket").map(transports -> Arguments.of("client-2", transports)));
    }

    private static Stream<Arguments> clientsAndTransports() {
        return Stream.of("client-4", "client-3")
                .flatMap(client -> Stream.of("default", "websocket,polling", "polling", "websocket")
                        .map(transports -> Arguments.of(client, transports)));
    }

    private static void assertFinished(List<JsonNode> lines) {
        assertThat(lines).last().hasToString(FINISHED);
    }
}
