package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import io.roomcast.chat.socketio.internal.json.WireTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Writes failures: as acks, as HTTP bodies, and as events to clients that requested no ack. */
public final class FailureEncoder {
    /** The event that reports the failure to send, edit or delete a message. */
    public static final String MESSAGE_ERROR = "messageError";

    /** The event that reports every other failure. */
    public static final String CHAT_ERROR = "chatError";

    /** The maximum length of a reported event name, longer than every known one. */
    private static final int MAX_NAME_LENGTH = 64;

    private FailureEncoder() {}

    /** Writes a failure as a reply. Repeats the ids of the request's argument. */
    public static void answer(JsonGenerator json, ChatException refusal, JsonNode argument) throws IOException {
        json.writeStartObject();
        json.writeBooleanField(JsonFields.SUCCESS, false);
        refusal(json, refusal);
        text(json, "field", refusal.field());
        ids(json, argument);
        json.writeEndObject();
    }

    /**
     * Writes a failure as the argument of an event.
     *
     * @param name {@link #MESSAGE_ERROR}, or {@link #CHAT_ERROR}, which also names the requested event
     * @param requested the name of the requested event, of any length
     */
    public static void event(
            JsonGenerator json, String name, String requested, ChatException refusal, JsonNode argument)
            throws IOException {
        json.writeStartObject();
        if (!name.equals(MESSAGE_ERROR)) {
            json.writeStringField("event", requested.substring(0, Math.min(requested.length(), MAX_NAME_LENGTH)));
        }
        refusal(json, refusal);
        text(json, "field", refusal.field());
        ids(json, argument);
        if (name.equals(MESSAGE_ERROR)) {
            text(json, JsonFields.MESSAGE_ID, Payload.echo(argument, JsonFields.MESSAGE_ID));
        }
        json.writeEndObject();
    }

    /** Writes the refusal of one of several rooms, as fields. */
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
        if (refusal.latestSeq().isPresent()) {
            json.writeNumberField(JsonFields.LATEST_SEQ, refusal.latestSeq().get());
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
