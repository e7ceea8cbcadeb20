package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawClient;
import io.roomcast.chat.socketio.raw.RawClient.Kind;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are larger than a packet may be: each is answered, over both transports and protocol versions. */
@OnEachTransport
class LargePacketsTest extends LargePacketsCase {
    static Stream<Arguments> packets() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(
                        row(kind, "one byte more", send("27", BOUND), "37[{\"success\":false,"),
                        row(kind, "100 KB", send("27", 100_000), "37[{\"success\":false,"),
                        row(kind, "1 MB", send("27", 1_000_000), "37[{\"success\":false,"),
                        row(kind, "5 MB", send("27", 5_000_000), "37[{\"success\":false,"),
                        row(kind, "long ack id", send("21234567890123456", 100_000), "31234567890123456[{"),
                        row(kind, "of two bytes each", "27[\"a\",\"" + "\u00e9".repeat(BOUND) + "\"]", "37[{"),
                        row(kind, "of four bytes each", "27[\"a\",\"" + "\ud83d\ude00".repeat(90_000) + "\"]", "37[{"),
                        row(kind, "no ack", send("2", 100_000), "2[\"messageError\",{"),
                        row(kind, "no ack of another", "2[\"typing\",\"" + "x".repeat(BOUND), "2[\"chatError\",{"),
                        row(kind, "no name", "2[" + " ".repeat(BOUND), "2[\"chatError\",{"),
                        row(kind, "other namespace", "2/a,7[\"b\",\"" + "x".repeat(BOUND) + "\"]", "3/a,7[{"),
                        row(kind, "endless ack id", "2" + "7".repeat(BOUND), "2[\"chatError\",{"),
                        row(kind, "endless namespace", "0/" + "a".repeat(BOUND), "2[\"chatError\",{"),
                        row(kind, "another connect", "0{\"token\":\"" + "x".repeat(BOUND), "2[\"chatError\",{"),
                        row(kind, "unknown", "9" + "x".repeat(BOUND), "2[\"chatError\",{")));
    }

    private static Arguments row(Kind kind, String name, String packet, String answer) {
        return argumentSet(kind + ", " + name, kind, packet, answer);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void large_packet_is_answered_and_the_connection_stays_open(Kind kind, String packet, String answer) {
        try (RawClient client = kind.connected(server.port())) {
            client.send(packet);
            assertThat(client.next()).startsWith(answer).contains(TOO_LARGE);
            assertGoesOn(kind, packet, client);
        }
    }

    /** Where packets have no separator, what follows the kept part of a body is not known. */
    private static void assertGoesOn(Kind kind, String packet, RawClient client) {
        boolean isCut = packet.getBytes(StandardCharsets.UTF_8).length > LARGE_BODY;
        if (kind == Kind.POLLING_3 && isCut) {
            assertThatThrownBy(client::next).hasMessageContaining("400");
        } else {
            client.send(GOOD);
            assertThat(client.next()).startsWith("39[{\"success\":true,");
        }
    }

    @ParameterizedTest
    @EnumSource
    void large_answer_is_passed_over(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            client.send("31[\"" + "x".repeat(100_000) + "\"]");
            client.send(GOOD);
            assertThat(client.next()).startsWith("39[{\"success\":true,");
        }
    }

    @ParameterizedTest
    @EnumSource
    void large_attachment_is_dropped_like_any_other(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            client.send("51-7[\"sendMessage\",{\"conversationId\":\"r\",\"file\":{\"_placeholder\":true,\"num\":0}}]");
            client.sendBytes(new byte[100_000]);
            client.send(GOOD);
            assertThat(client.next()).startsWith("37[{").contains("invalid_payload", "\"field\":\"file\"");
            assertThat(client.next()).startsWith("39[{\"success\":true,");
        }
    }

    @ParameterizedTest
    @EnumSource
    void largest_packet_is_run(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            client.send(send("27", BOUND - 1));
            assertThat(client.next()).startsWith("37[{").doesNotContain("payload_too_large");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING_4", "POLLING_3"})
    void small_packets_in_one_post_may_be_more_than_one_packet_may(Kind kind) {
        try (RawClient client = kind.connected(server.port())) {
            client.post(body(kind, IntStream.range(10, 50).mapToObj(i -> send("2" + i, 5_000))));
            for (int i = 10; i < 50; i++) {
                assertThat(client.next()).startsWith("3" + i + "[{").doesNotContain("payload_too_large");
            }
        }
    }

    private static String body(Kind kind, Stream<String> packets) {
        return packets.map(packet -> "4" + packet)
                .map(text -> kind.isLegacy() ? text.length() + ":" + text : text)
                .collect(Collectors.joining(kind.isLegacy() ? "" : "\u001e"));
    }

    static Stream<Arguments> fullBodies() {
        return Stream.of(Kind.POLLING_4, Kind.POLLING_3)
                .flatMap(kind -> IntStream.of(300_000, 400 << 10, 900 << 10, LARGE_BODY)
                        .mapToObj(size -> Arguments.of(kind, size)));
    }

    /** Each packet is answered, whether it fits or not, and the session goes on. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("fullBodies")
    void body_of_many_packets_is_handled_packet_by_packet(Kind kind, int size) {
        try (RawClient client = kind.connected(server.port())) {
            int packets = size / 10_100;
            String rest = body(kind, IntStream.range(10, 10 + packets).mapToObj(i -> send("2" + i, 10_000)));
            int large = size - rest.length() - 20;
            client.post(rest + (kind.isLegacy() ? "" : "\u001e") + body(kind, Stream.of(send("27", large))));
            List<String> answers =
                    Stream.generate(client::next).limit(packets + 1).toList();
            assertThat(answers).filteredOn(answer -> answer.startsWith("37[")).hasSize(1);
            for (int i = 10; i < 10 + packets; i++) {
                String ack = "3" + i + "[{";
                assertThat(answers).filteredOn(answer -> answer.startsWith(ack)).hasSize(1);
            }
            client.send(GOOD);
            assertThat(client.next()).startsWith("39[{\"success\":true,");
        }
    }

    @Test
    void large_packet_between_small_ones_is_the_only_one_refused() {
        RawPolling polling = RawPolling.connected(server.port());
        polling.push("4" + GOOD + "\u001e4" + send("27", 100_000) + "\u001e4" + GOOD.replace("29", "28"));
        assertThat(Stream.generate(polling::next)
                        .filter(packet -> packet.startsWith("43"))
                        .limit(3)
                        .map(packet -> packet.substring(0, "437[{'success':true".length())))
                .containsExactlyInAnyOrder("439[{\"success\":true", "437[{\"success\":fals", "438[{\"success\":true");
    }

    @Test
    void packets_that_are_dropped_end_the_session() {
        RawPolling polling = RawPolling.connected(server.port());
        String large = "4" + send("27", LARGE_BODY);
        assertThat(polling.push(large + "\u001e4" + GOOD).status()).isEqualTo(200);
        assertThat(polling.next()).startsWith("437[{").contains(TOO_LARGE);
        assertThat(polling.next()).isEqualTo("1");
        assertThat(polling.poll().status()).isEqualTo(400);
    }

    @Test
    void large_text_in_fragments_is_answered() {
        byte[] text = ("4" + send("27", 300_000)).getBytes(StandardCharsets.UTF_8);
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.frame(false, RawWebSocket.TEXT, Arrays.copyOf(text, 3));
            socket.frame(false, RawWebSocket.CONTINUATION, Arrays.copyOfRange(text, 3, 100_003));
            socket.frame(false, RawWebSocket.CONTINUATION, Arrays.copyOfRange(text, 100_003, 100_010));
            socket.frame(true, RawWebSocket.PING, new byte[] {1});
            socket.frame(true, RawWebSocket.CONTINUATION, Arrays.copyOfRange(text, 100_010, text.length));
            assertThat(socket.next().opcode()).isEqualTo(RawWebSocket.PONG);
            assertThat(socket.nextText()).startsWith("437[{").contains(TOO_LARGE);
            assertThat(socket.ask(9, "[\"leaveRoom\",\"r\"]")).contains("\"success\":true");
        }
    }

    /** Its rest never arrives, and its header alone announces too many bytes. */
    @Test
    void frame_that_is_not_read_to_its_end_is_the_last() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.raw(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0}, 14);
            assertThat(socket.nextText()).startsWith("42[\"chatError\",").contains(TOO_LARGE);
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_024, 65_536, 1_000_000})
    void open_packet_has_the_largest_packet(int frameBytes) {
        Limits limits = Limits.builder().frameBytes(frameBytes).build();
        try (ChatServer other =
                ChatServer.builder().port(0).limits(limits).build().start()) {
            String polling = "/socket.io/?EIO=4&transport=polling";
            RawHttp.Response opened = RawHttp.get(other.port(), polling);
            assertThat(opened.body()).contains("\"maxPayload\":" + frameBytes + "}");
            RawPolling.leave(other.port(), polling, opened);
        }
    }

    /** No extension is agreed to, so that no frame can be larger than it looks. */
    @Test
    void compressed_frame_is_refused() {
        try (RawWebSocket socket = RawWebSocket.open(
                server.port(),
                "/socket.io/?EIO=4&transport=websocket",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            socket.nextText();
            socket.raw(new byte[] {(byte) 0xc1, (byte) 0x81, 0, 0, 0, 0, 0}, 7);
            assertThat(socket.closeCode()).isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BOUND + 1, 1_000_000})
    void chunked_post_is_bounded_like_any_other(int length) {
        RawPolling polling = RawPolling.connected(server.port());
        String packet = "4" + send("27", length);
        String chunk = Integer.toHexString(packet.length()) + "\r\n" + packet + "\r\n0\r\n\r\n";
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(("POST " + polling.target()
                            + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
                    .getBytes(StandardCharsets.UTF_8));
            assertThat(http.read().status()).isEqualTo(200);
        }
        assertThat(polling.next()).startsWith("437[{").contains(TOO_LARGE);
    }

    @Test
    void body_that_is_not_read_to_its_end_is_refused_by_its_length() {
        RawPolling polling = RawPolling.connected(server.port());
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(("POST " + polling.target() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (MOST + 1)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            assertThat(http.read().status()).isEqualTo(413);
        }
    }
}
