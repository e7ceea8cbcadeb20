package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server's events have exactly the fields of the contract. */
class NoticesTest {
    private static final JsonNode IDS = Nodes.object()
            .put("conversationId", "r")
            .put("clientMessageId", "k")
            .put("messageId", "m");

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void event_has_the_fields_of_the_contract(String name) {
        Notice notice = WireContract.NOTICES.stream()
                .filter(described -> described.name().equals(name))
                .findFirst()
                .orElseThrow();
        Encoded.assertAreEvents(notice.payload(), sent().getOrDefault(name, List.of()).stream());
    }

    @Test
    void all_events_are_in_the_contract() {
        assertThat(names()).containsExactlyInAnyOrderElementsOf(sent().keySet());
    }

    private static List<String> names() {
        return WireContract.NOTICES.stream().map(Notice::name).toList();
    }

    /** The arguments that the server sends, by the names of their events: of every permitted event, and of its own. */
    private static Map<String, List<JsonNode>> sent() {
        Duration time = Duration.ofSeconds(1);
        return Stream.of(
                        RecordSamples.types(ChatEvent.class).flatMap(NoticesTest::events),
                        Stream.of(batch(), Packets.draining(time, time)),
                        refusals().flatMap(NoticesTest::failures))
                .flatMap(packets -> packets)
                .map(Encoded::event)
                .collect(Collectors.groupingBy(
                        event -> event.path(0).textValue(),
                        Collectors.mapping(event -> event.path(1), Collectors.toList())));
    }

    /** Encodes samples of an event. A deleted message always has a deletion, which its declaration does not express. */
    private static Stream<EncodedPacket> events(Class<?> type) {
        return Samples.all()
                .filter(samples -> samples.size() > 0 || type != MessageDeleted.class)
                .map(samples -> Packets.event((ChatEvent) samples.of(type)));
    }

    private static EncodedPacket batch() {
        List<EncodedPacket> messages = Samples.all()
                .map(samples -> Packets.event(samples.of(MessageSent.class)))
                .toList();
        EncodedPacket batch = Packets.batch(messages);
        messages.forEach(EncodedPacket::release);
        return batch;
    }

    private static Stream<EncodedPacket> failures(ChatException refusal) {
        return Stream.of(MissingNode.getInstance(), IDS)
                .flatMap(argument -> Stream.of(FailureEncoder.MESSAGE_ERROR, FailureEncoder.CHAT_ERROR)
                        .map(name -> Packets.failure(name, "requested", refusal, argument)));
    }

    private static Stream<ChatException> refusals() {
        return Stream.concat(
                Stream.of(ErrorCode.values()).map(ChatException::of),
                Stream.of(
                        ChatException.invalid("content"),
                        ChatException.notNext(7),
                        ChatException.rateLimited(Duration.ofSeconds(1))));
    }

    @Test
    void failed_answer_has_the_fields_of_the_contract() {
        Encoded.assertAre(
                Shapes.FAILURE,
                refusals()
                        .flatMap(refusal -> Stream.of(MissingNode.getInstance(), IDS)
                                .map(argument ->
                                        Encoded.value(json -> FailureEncoder.answer(json, refusal, argument)))));
    }

    @Test
    void denial_has_the_fields_of_the_contract() {
        Encoded.assertAre(
                SessionContract.DENIAL,
                Stream.of(ChatException.of(ErrorCode.TOKEN_EXPIRED), ChatException.invalid("auth"))
                        .map(refusal -> Encoded.event(Packets.denied(refusal))));
    }
}
