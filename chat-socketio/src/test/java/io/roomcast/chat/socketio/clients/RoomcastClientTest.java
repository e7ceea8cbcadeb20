package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.testkit.FaultProxy;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client that the server serves: its types, random schedules in a model of the world, and a real server. */
@RequiresNode
class RoomcastClientTest {
    private static final String FINISHED = "{\"client\":\"course\",\"event\":\"finished\"}";
    private static final int MOST_CHUNKS = 60;
    private static final int CUTS = 25;
    private static final long SEED = 20_260_101;

    @Test
    void modules_have_the_types_that_are_served() throws Exception {
        assertThat(NodeScript.run("node_modules/typescript/bin/tsc", "--project", "client"))
                .isEmpty();
    }

    @Test
    void types_name_every_member_and_no_other_one() throws Exception {
        assertFinished(NodeScript.run("client/drift.mjs"));
    }

    @Test
    void client_has_what_the_server_has_after_every_random_schedule() throws Exception {
        assertFinished(NodeScript.run("client/schedules.mjs", "1000"));
    }

    @Test
    @Timeout(200)
    void client_has_what_a_real_server_has_after_every_random_schedule() throws Exception {
        try (RestartableServer server = new RestartableServer()) {
            assertFinished(NodeScript.run("client/live-schedules.mjs", server.control(), "client-4", "300"));
        }
    }

    @Test
    void message_in_a_room_of_3000_rows_takes_less_than_a_millisecond() throws Exception {
        assertFinished(NodeScript.run("client/cost.mjs"));
    }

    @Test
    void requests_are_not_repeated_in_vain() throws Exception {
        assertFinished(NodeScript.run("client/requests.mjs"));
    }

    @Test
    void own_message_that_is_shown_never_vanishes() throws Exception {
        assertFinished(NodeScript.run("client/steady.mjs"));
    }

    @Test
    void rooms_that_were_left_are_forgotten() throws Exception {
        assertFinished(NodeScript.run("client/memory.mjs"));
    }

    @Test
    void details_and_single_messages_are_loaded_and_remain_current() throws Exception {
        assertFinished(NodeScript.run("client/conversation.mjs"));
    }

    @Test
    void own_reactions_are_known_among_many() throws Exception {
        assertFinished(NodeScript.run("client/reactions.mjs"));
    }

    @Test
    void pins_annotations_and_the_end_of_messages_are_followed() throws Exception {
        assertFinished(NodeScript.run("client/changes.mjs"));
    }

    @Test
    void names_are_requested_together_and_bounded() throws Exception {
        assertFinished(NodeScript.run("client/users.mjs"));
    }

    @Test
    void what_is_the_users_alone_is_kept_and_counted() throws Exception {
        assertFinished(NodeScript.run("client/attention.mjs"));
    }

    @Test
    void devices_are_registered_for_push_notifications() throws Exception {
        assertFinished(NodeScript.run("client/push.mjs"));
    }

    @Test
    void uploads_are_continued_shown_and_sent_once() throws Exception {
        assertFinished(NodeScript.run("client/files.mjs"));
    }

    @Test
    void every_file_is_sent_once_after_every_random_schedule() throws Exception {
        assertFinished(NodeScript.run("client/file-schedules.mjs", "300"));
    }

    @Test
    void calls_ring_and_connect_devices_and_leave_nothing() throws Exception {
        assertFinished(NodeScript.run("client/calls.mjs"));
    }

    @Test
    void devices_that_a_user_is_asked_for_are_open_only_while_they_are_wanted() throws Exception {
        assertFinished(NodeScript.run("client/call-prompts.mjs"));
    }

    @Test
    void calls_outlast_the_end_of_the_ringing_and_reloads_in_a_row() throws Exception {
        assertFinished(NodeScript.run("client/call-races.mjs"));
    }

    @Test
    void every_pair_of_devices_is_connected_in_one_call_after_every_random_schedule() throws Exception {
        assertFinished(NodeScript.run("client/call-schedules.mjs", "500"));
    }

    @Test
    void every_event_of_the_contract_is_handled() throws Exception {
        assertFinished(NodeScript.run("client/contract.mjs"));
    }

    @Test
    void every_error_code_of_the_contract_is_handled() throws Exception {
        assertFinished(NodeScript.run("client/codes.mjs"));
    }

    @Test
    void tokens_rooms_inbox_and_presence_work() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticatedWithoutRates()) {
            assertFinished(NodeScript.run("roomcast-features.mjs", server.url(), "client-4", "websocket"));
        }
    }

    @Test
    void names_numbers_pins_and_expiry_work() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.withLargeRooms()) {
            assertFinished(NodeScript.run("roomcast-people.mjs", server.url(), "client-4", "websocket"));
        }
    }

    @Test
    void connection_that_is_cut_during_its_upgrade_is_replaced() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticatedWithoutRates()) {
            assertFinished(NodeScript.run("upgrade-client.mjs", server.url(), "client-4"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling", "default"})
    void tabs_agree_with_the_server(String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticatedWithoutRates()) {
            assertFinished(
                    NodeScript.run("roomcast-client.mjs", server.url(), "client-4", transports, server.url(), "3"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "default"})
    void tabs_agree_with_the_server_although_connections_are_cut_within_frames(String transports) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticatedWithoutRates();
                FaultProxy proxy = new FaultProxy(server.port())) {
            proxy.onAnswer(new Cuts(proxy)::pass);
            String faulty = "http://127.0.0.1:" + proxy.port();
            assertFinished(NodeScript.run("roomcast-client.mjs", faulty, "client-4", transports, server.url(), "3"));
        }
    }

    /** Cuts all connections {@value #CUTS} times, after a random number of chunks and within a chunk. */
    private static final class Cuts {
        private final FaultProxy proxy;
        private final Random random = new Random(SEED);
        private int left = MOST_CHUNKS;
        private int cuts = CUTS;

        Cuts(FaultProxy proxy) {
            this.proxy = proxy;
        }

        synchronized byte[] pass(byte[] chunk) {
            if (cuts == 0 || left-- > 0) {
                return chunk;
            }
            cuts--;
            left = random.nextInt(MOST_CHUNKS);
            Thread cutter = new Thread(proxy::cut, "cut");
            cutter.setDaemon(true);
            cutter.start();
            return Arrays.copyOf(chunk, random.nextInt(chunk.length));
        }
    }

    private static void assertFinished(List<JsonNode> lines) {
        assertThat(lines).last().hasToString(FINISHED);
    }
}
