package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.GetReactions;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.socketio.internal.json.Cursors;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reactions to messages on the wire. */
final class ReactionWire {
    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.ofUser(
                    AddReaction.class,
                    "addReaction",
                    ReactionWire::addReaction,
                    (json, reply, userId) -> reactions(json, reply.message(), userId)),
            WireCommand.ofUser(
                    RemoveReaction.class,
                    "removeReaction",
                    ReactionWire::removeReaction,
                    (json, reply, userId) -> reactions(json, reply.message(), userId)),
            WireCommand.ofUser(GetReactions.class, "getReactions", ReactionWire::getReactions, ReactionWire::listed));

    static final List<WireEvent<?>> EVENTS =
            List.of(new WireEvent<>(ReactionsChanged.class, "messageReactions", ReactionWire::reactionsChanged));

    private ReactionWire() {}

    private static AddReaction addReaction(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new AddReaction(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.MESSAGE_ID),
                payload.text(JsonFields.KEY));
    }

    private static RemoveReaction removeReaction(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new RemoveReaction(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.MESSAGE_ID),
                payload.text(JsonFields.KEY));
    }

    private static GetReactions getReactions(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String cursor = payload.optionalText(JsonFields.CURSOR);
        return new GetReactions(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.MESSAGE_ID),
                payload.optionalText(JsonFields.KEY),
                cursor == null ? null : Cursors.decodeReaction(cursor, JsonFields.CURSOR),
                payload.optionalInt(JsonFields.LIMIT));
    }

    private static void listed(JsonGenerator json, GetReactions.Listed reply, @Nullable String userId)
            throws IOException {
        json.writeArrayFieldStart(JsonFields.REACTIONS);
        for (Reaction reaction : reply.reactions()) {
            json.writeStartObject();
            json.writeStringField(JsonFields.USER_ID, reaction.userId());
            json.writeStringField(JsonFields.KEY, reaction.key());
            if (reaction.userId().equals(userId)) {
                json.writeBooleanField(MessageJson.MINE, true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        if (reply.next() != null) {
            json.writeStringField(JsonFields.NEXT, Cursors.encode(reply.next()));
        }
    }

    private static void reactions(JsonGenerator json, Message message, @Nullable String userId) throws IOException {
        json.writeFieldName(JsonFields.REACTIONS);
        MessageJson.reactions(json, message.reactions(), userId);
        json.writeNumberField(JsonFields.VERSION, message.version());
    }

    private static void reactionsChanged(JsonGenerator json, ReactionsChanged event) throws IOException {
        Message message = event.message();
        json.writeStartObject();
        MessageJson.change(json, message);
        json.writeFieldName(JsonFields.REACTIONS);
        MessageJson.reactions(json, message.reactions(), null);
        json.writeObjectFieldStart("change");
        json.writeStringField(JsonFields.USER_ID, event.reaction().userId());
        json.writeStringField(JsonFields.KEY, event.reaction().key());
        json.writeStringField("op", event.added() ? "add" : "remove");
        json.writeEndObject();
        json.writeEndObject();
    }
}
