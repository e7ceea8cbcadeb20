package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Encodes values as the server does, parses the result, and compares it with the contract. */
final class Encoded {
    private Encoded() {}

    static JsonNode value(Json.Writer writer) {
        ByteBuf buffer = Unpooled.buffer();
        Json.write(buffer, writer);
        return parse(buffer);
    }

    /** Returns the list of a packet: the event's name and its argument. Releases the packet. */
    static JsonNode event(EncodedPacket packet) {
        ByteBuf buffer = Unpooled.buffer();
        packet.writeTo(buffer, "42".length(), 0);
        packet.release();
        return parse(buffer);
    }

    private static JsonNode parse(ByteBuf buffer) {
        return Json.parse(buffer.toString(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** Checks that the values have all fields of the type and no others, and each optional field only sometimes. */
    static void assertAre(Type type, Stream<JsonNode> values) {
        assertThat(neverOptional(type, values)).isEmpty();
    }

    /** Does the same for events to any user, so that no reaction in them is a user's own. */
    static void assertAreEvents(Type type, Stream<JsonNode> values) {
        assertThat(neverOptional(type, values)).allMatch(finding -> finding.endsWith(".mine: never present"));
    }

    private static Stream<String> neverOptional(Type type, Stream<JsonNode> values) {
        Findings findings = new Findings();
        assertThat(values.peek(value -> type.check(value, "value", findings))).isNotEmpty();
        assertThat(findings.complaints()).isEmpty();
        return findings.neverOptional();
    }
}
