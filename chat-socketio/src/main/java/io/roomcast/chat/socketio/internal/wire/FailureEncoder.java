package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.model.ChatException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Writes refusals: as acks, as HTTP bodies, and as events for those who want no ack. */
public final class FailureEncoder {
    /** Longer than every name that means anything. */
    private static final int NAME_LENGTH = 64;

    private FailureEncoder() {}

    /** Writes a refusal as an answer; what it answers is told by the ids in its argument. */
    public static void answer(JsonGenerator json, ChatException refusal, JsonNode argument) throws IOException {
        json.writeStartObject();
        json.writeBooleanField(JsonFields.SUCCESS, false);
        refusal(json, refusal);
        text(json, "field", refusal.field());
        ids(json, argument);
        json.writeEndObject();
    }

    /** Writes a refusal as the payload of an event; only a message's needs no word of what was asked. */
    static void event(JsonGenerator json, String name, String asked, ChatException refusal, JsonNode argument)
            throws IOException {
        json.writeStartObject();
        if (!name.equals(WireNames.MESSAGE_ERROR)) {
            json.writeStringField("event", asked.substring(0, Math.min(asked.length(), NAME_LENGTH)));
        }
        refusal(json, refusal);
        text(json, "field", refusal.field());
        ids(json, argument);
        if (name.equals(WireNames.MESSAGE_ERROR)) {
            text(json, JsonFields.MESSAGE_ID, Payload.echo(argument, JsonFields.MESSAGE_ID));
        }
        json.writeEndObject();
    }

    /** Writes the reason why one of several rooms was refused. */
    static void room(JsonGenerator json, ChatException refusal) throws IOException {
        json.writeStringField("error", refusal.text());
        json.writeStringField("code", refusal.code().wireName());
        json.writeBooleanField("retryable", refusal.code().retryable());
        json.writeNumberField(
                "retryAfterMs", refusal.retryAfter().orElse(Duration.ZERO).toMillis());
        text(json, "field", refusal.field());
    }

    private static void refusal(JsonGenerator json, ChatException refusal) throws IOException {
        json.writeStringField("error", refusal.text());
        json.writeStringField("code", refusal.code().wireName());
        json.writeBooleanField("retryable", refusal.code().retryable());
        if (refusal.retryAfter().isPresent()) {
            json.writeNumberField(
                    "retryAfterMs", WireTime.millis(refusal.retryAfter().get()));
        }
    }

    private static void ids(JsonGenerator json, JsonNode argument) throws IOException {
        if (argument.isTextual()) {
            return;
        }
        text(json, JsonFields.CONVERSATION_ID, Payload.echo(argument, JsonFields.CONVERSATION_ID));
        text(json, JsonFields.CLIENT_MESSAGE_ID, Payload.echo(argument, JsonFields.CLIENT_MESSAGE_ID));
    }

    private static void text(JsonGenerator json, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, value.get());
        }
    }
}
