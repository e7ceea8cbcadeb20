package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.socketio.raw.RawClient;
import io.roomcast.chat.socketio.raw.RawClient.Kind;
import io.roomcast.chat.socketio.raw.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets of the Socket.IO protocol that ask for nothing the server can do: each is answered once, and the connection
 * stays open, over both transports and both versions of the Engine.IO protocol.
 */
class AnsweredPacketsTest {
    private static final String FILE = "{\"_placeholder\":true,\"num\":0}";
    private static final String SEND =
            "[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\"";
    private static final String GOOD = "29" + SEND + "}]";

    private static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder().port(0).legacyClients().build().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> packets() {
        return Stream.of(
                refused("file as a field", "51-7" + SEND + ",\"file\":" + FILE + "}]", "file", 1),
                refused("file deep in a field", "51-7" + SEND + ",\"a\":{\"b\":[" + FILE + "]}}]", "a", 1),
                refused("file as metadata", "51-7" + SEND + ",\"metadata\":" + FILE + "}]", "metadata", 1),
                refused("file as the content", "51-7[\"sendMessage\",{\"content\":" + FILE + "}]", "content", 1),
                refused("file as the payload", "51-7[\"sendMessage\"," + FILE + "]", "payload", 1),
                refused("file behind the payload", "51-7" + SEND + "}," + FILE + "]", "payload", 1),
                refused("three files", "53-7" + SEND + ",\"files\":[" + FILE + "," + FILE + "]}]", "files", 3),
                refused("file in place of a room", "51-7[\"joinRoom\"," + FILE + "]", "payload", 1),
                refused("file of an unknown event", "51-7[\"upload\"," + FILE + "]", "payload", 1),
                refused("attachment that nothing refers to", "51-7[\"joinRoom\",\"r\"]", "payload", 1),
                refused(
                        "attachment that does not exist",
                        "51-7[\"a\",{\"_placeholder\":true,\"num\":9}]",
                        "payload",
                        1),
                refused("no attachment at all", "50-7[\"joinRoom\",\"r\"]", "payload", 0),
                refused("fewer attachments than announced", "52-7" + SEND + ",\"file\":" + FILE + "}]", "file", 1),
                refused("attachments that never come", "59999999-7" + SEND + ",\"file\":" + FILE + "}]", "file", 0),
                refused("17 levels", "27[\"joinRoom\"," + nested("[", 16, "]") + "]", "payload", 0),
                refused("17 levels of a field", "27" + SEND + ",\"metadata\":" + objects(15) + "}]", "metadata", 0),
                refused("5,000 levels", "27" + SEND + ",\"metadata\":" + nested("[", 5_000, "]") + "}]", "metadata", 0),
                refused("5,000 objects without an end", "27[\"joinRoom\"" + ",{\"a\":".repeat(5_000), "a", 0),
                refused("number as a name", "27[1,{}]", "event", 0),
                refused("number as the only thing", "27[1]", "event", 0),
                refused("object as a name", "27[{\"toString\":\"joinRoom\"}]", "event", 0),
                refused("list as a name", "27[[\"joinRoom\"],\"r\"]", "event", 0),
                refused("null as a name", "27[null]", "event", 0),
                refused("file as a name", "51-7[" + FILE + "]", "event", 1),
                refused("no name", "27[]", "event", 0),
                refused("object in place of an event", "27{}", "packet", 0),
                refused("text in place of an event", "27\"joinRoom\"", "packet", 0),
                refused("nothing in place of an event", "27", "packet", 0),
                refused("list that does not end", "27[\"joinRoom\"", "payload", 0),
                refused("field that does not end", "27" + SEND, "content", 0),
                refused("something behind the event", "27[\"joinRoom\"] []", "packet", 0),
                refused("two packets in one", "27[\"typing\",{}]42[\"joinRoom\",\"r\"]", "packet", 0),
                refused("comment", "27[\"joinRoom\",/**/\"r\"]", "payload", 0),
                refused("number that is none", "27" + SEND + ",\"fileSize\":NaN}]", "fileSize", 0),
                refused("number beyond all others", "27[\"joinRoom\",-Infinity]", "payload", 0),
                refused(
                        "number of 2,000 digits",
                        "27" + SEND + ",\"fileSize\":" + "9".repeat(2_000) + "}]",
                        "fileSize",
                        0),
                refused("key that occurs twice", "27" + SEND + ",\"content\":\"y\"}]", "content", 0),
                refused(
                        "key that occurs twice inside",
                        "27" + SEND + ",\"metadata\":{\"b\":1,\"b\":2}}]",
                        "metadata",
                        0),
                refused("nothing for a namespace", "2/admin,7[\"joinRoom\",\"r\"]", "namespace", 0));
    }

    private static Arguments refused(String name, String packet, String field, int attachments) {
        return argumentSet(name, packet, field, attachments);
    }

    private static String nested(String open, int levels, String close) {
        return open.repeat(levels) + close.repeat(levels);
    }

    private static String objects(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    static Stream<Arguments> packetsOfAll() {
        return Stream.of(Kind.values())
                .flatMap(kind -> packets().map(packet -> {
                    Object[] row = packet.get();
                    return argumentSet(
                            ((Arguments.ArgumentSet) packet).getName() + ", " + kind, kind, row[0], row[1], row[2]);
                }));
    }

    @ParameterizedTest
    @MethodSource("packetsOfAll")
    void packet_is_acked_once_with_its_field(Kind kind, String packet, String field, int attachments) {
        try (RawClient client = kind.connected(server.port())) {
            client.send(packet);
            IntStream.range(0, attachments).forEach(i -> client.sendBytes(new byte[] {1, 2, 3}));
            client.send(GOOD);
            List<String> answers = upToTheGood(client);
            assertThat(answers).hasSize(2);
            assertThat(answers.get(0)).contains("7[{\"success\":false,");
            assertRefused(
                    StrictServer.parse(answers.get(0).replaceFirst("^3[^\\[]*", ""))
                            .get(0),
                    field);
            assertThat(answers.get(1)).startsWith("39[{\"success\":true,");
        }
    }

    @ParameterizedTest
    @MethodSource("packetsOfAll")
    void packet_without_an_ack_is_reported_once(Kind kind, String packet, String field, int attachments) {
        try (RawClient client = kind.connected(server.port())) {
            client.send(packet.replaceFirst("^(2|5\\d+-)(/admin,)?7", "$1$2"));
            IntStream.range(0, attachments).forEach(i -> client.sendBytes(new byte[] {1, 2, 3}));
            client.send(GOOD);
            List<String> answers = upToTheGood(client);
            assertThat(answers).hasSize(2);
            JsonNode event = StrictServer.parse(answers.get(0).substring(1));
            assertThat(event.get(0).textValue()).isIn("chatError", "messageError");
            assertRefused(event.get(1), field);
            assertThat(answers.get(1)).startsWith("39[{\"success\":true,");
        }
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(
                                "",
                                "7",
                                "9",
                                "abc",
                                "4{\"message\":\"no\"}",
                                "2" + "9".repeat(60_000) + "[\"joinRoom\",\"r\"]",
                                "2-1[\"joinRoom\",\"r\"]",
                                "2abc[\"joinRoom\",\"r\"]",
                                "2\u0661[\"joinRoom\",\"r\"]",
                                "2\ufeff[\"joinRoom\",\"r\"]",
                                "5",
                                "5-[\"joinRoom\",\"r\"]",
                                "5" + "1".repeat(60_000),
                                "51999999999999999999-[\"bin\"," + FILE + "]",
                                "5-1-[\"bin\"," + FILE + "]",
                                "0/" + "a".repeat(60_000),
                                "2/" + "a".repeat(60_000) + ",[\"joinRoom\",\"r\"]")
                        .map(packet -> Arguments.of(kind, packet)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("unreadable")
    void malformed_packet_is_reported_once(Kind kind, String packet) {
        try (RawClient client = kind.connected(server.port())) {
            client.send(packet);
            client.send(GOOD);
            List<String> answers = upToTheGood(client);
            assertThat(answers).hasSize(2);
            JsonNode event = StrictServer.parse(answers.get(0).substring(1));
            assertThat(event.get(0).textValue()).isEqualTo("chatError");
            assertRefused(event.get(1), "packet");
        }
    }

    static Stream<Arguments> silent() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of("31[]", "3999[{}]", "3[]", "3", "3nonsense", "3/admin,1[]", "1/admin,")
                        .map(packet -> Arguments.of(kind, packet)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("silent")
    void packet_that_asks_for_nothing_is_passed_over(Kind kind, String packet) {
        try (RawClient client = kind.connected(server.port())) {
            client.send(packet);
            client.send(GOOD);
            assertThat(upToTheGood(client)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers_with_attachments_are_passed_over(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            client.send("61-1[" + FILE + "]");
            client.sendBytes(new byte[100]);
            client.send(GOOD);
            assertThat(upToTheGood(client)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void attachment_that_was_not_announced_is_reported_once(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            client.sendBytes(new byte[] {1});
            client.send(GOOD);
            List<String> answers = upToTheGood(client);
            assertThat(answers).hasSize(2);
            assertThat(answers.get(0)).startsWith("2[\"chatError\",").contains("\"field\":\"attachments\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refused_file_names_what_it_was_part_of(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            client.send("51-7[\"sendMessage\",{\"conversationId\":\"r\",\"clientMessageId\":\"k\",\"content\":" + FILE
                    + "}]");
            client.sendBytes(new byte[10]);
            assertThat(client.nextWith("37"))
                    .contains("\"conversationId\":\"r\",\"clientMessageId\":\"k\"")
                    .contains("\"code\":\"invalid_payload\",\"retryable\":false,\"field\":\"content\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void other_namespaces_do_not_exist(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            for (String packet : List.of("0/admin,", "0/admin", "0/admin,{\"token\":\"x\"}", "0/admin?token=x,")) {
                client.send(packet);
                assertThat(client.nextWith("4"))
                        .isEqualTo(
                                kind.isLegacy()
                                        ? "4/admin,\"Invalid namespace\""
                                        : "4/admin,{\"message\":\"Invalid namespace\"}");
            }
            client.send(GOOD);
            assertThat(client.nextWith("39")).contains("\"success\":true");
        }
    }

    /** As a client of Engine.IO version 3 posts them over polling: kind, length, 255, content. */
    @Test
    void file_in_a_binary_post_of_a_legacy_client_is_refused_and_the_next_message_stored() {
        String opened = RawHttp.get(server.port(), "/socket.io/?EIO=3&transport=polling")
                .body();
        String target =
                "/socket.io/?EIO=3&transport=polling&sid=" + opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        String heard = RawHttp.get(server.port(), target).body();
        assertThat(heard).contains("session");
        String event = "451-7" + SEND + ",\"file\":" + FILE + "}]";
        String post = binary(0, event) + binary(1, "\u0004\u00ff\u00fe") + binary(0, "4" + GOOD);
        assertThat(RawHttp.postBytes(server.port(), target, post).status()).isEqualTo(200);
        assertThat(RawHttp.get(server.port(), target).body()).contains("437[{\"success\":false,", "\"field\":\"file\"");
        RawHttp.post(server.port(), target, "1:1");
    }

    private static String binary(int kind, String content) {
        StringBuilder packet = new StringBuilder().append((char) kind);
        String.valueOf(content.length()).chars().forEach(digit -> packet.append((char) (digit - '0')));
        return packet.append('\u00ff').append(content).toString();
    }

    /** Returns the answers up to that of the valid message. The client does not join the room, so it receives no events. */
    private static List<String> upToTheGood(RawClient client) {
        List<String> answers = new ArrayList<>();
        do {
            answers.add(client.next());
        } while (!answers.get(answers.size() - 1).startsWith("39["));
        return answers;
    }

    private static void assertRefused(JsonNode refusal, String field) {
        assertThat(refusal.get("code").textValue()).isEqualTo("invalid_payload");
        assertThat(refusal.get("field").textValue()).isEqualTo(field);
        assertThat(refusal.get("retryable").booleanValue()).isFalse();
    }
}
