package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMembers;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationFilter;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.socketio.internal.json.Cursors;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Conversations and their members on the wire. */
final class ConversationWire {
    private static final String BY = "by";
    private static final String MEMBER = "member";
    private static final String FILTER = "filter";

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(
                    CreateConversation.class,
                    "createConversation",
                    ConversationWire::createConversation,
                    (json, reply) -> conversation(json, reply.conversation())),
            WireCommand.of(
                    UpdateConversation.class,
                    "updateConversation",
                    ConversationWire::updateConversation,
                    (json, reply) -> conversation(json, reply.conversation())),
            WireCommand.of(
                    AddMembers.class,
                    "addMembers",
                    ConversationWire::addMembers,
                    (json, reply) -> conversation(json, reply.conversation())),
            WireCommand.of(
                    RemoveMember.class,
                    "removeMember",
                    ConversationWire::removeMember,
                    (json, reply) -> conversation(json, reply.conversation())),
            WireCommand.of(
                    DeleteConversation.class,
                    "deleteConversation",
                    argument -> new DeleteConversation(conversationId(argument)),
                    WireCommand::nothing),
            WireCommand.of(ChangeRole.class, "changeRole", ConversationWire::changeRole, ConversationWire::changed),
            WireCommand.of(
                    GetConversation.class,
                    "getConversation",
                    ConversationWire::getConversation,
                    ConversationWire::found),
            WireCommand.of(GetMembers.class, "getMembers", ConversationWire::getMembers, ConversationWire::members),
            WireCommand.of(
                    GetConversations.class,
                    "getConversations",
                    ConversationWire::getConversations,
                    ConversationWire::listed));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(ConversationUpdated.class, "conversationUpdated", ConversationWire::conversationUpdated),
            new WireEvent<>(ConversationDeleted.class, "conversationDeleted", ConversationWire::conversationDeleted),
            new WireEvent<>(MemberAdded.class, "memberAdded", ConversationWire::memberAdded),
            new WireEvent<>(MemberRemoved.class, "memberRemoved", ConversationWire::memberRemoved),
            new WireEvent<>(MemberUpdated.class, "memberUpdated", ConversationWire::memberUpdated));

    private ConversationWire() {}

    private static CreateConversation createConversation(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new CreateConversation(
                payload.optionalText(JsonFields.CONVERSATION_ID),
                kind(payload),
                payload.optionalText(JsonFields.TITLE),
                payload.texts(JsonFields.MEMBER_IDS),
                payload.optionalObject(JsonFields.METADATA));
    }

    private static ConversationKind kind(Payload payload) {
        String name = payload.text(JsonFields.KIND);
        if (name.isEmpty()) {
            throw ChatException.missing(JsonFields.KIND);
        }
        return Stream.of(ConversationKind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> ChatException.invalid(JsonFields.KIND));
    }

    private static UpdateConversation updateConversation(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new UpdateConversation(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalText(JsonFields.TITLE),
                payload.optionalObject(JsonFields.METADATA));
    }

    private static AddMembers addMembers(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new AddMembers(payload.text(JsonFields.CONVERSATION_ID), payload.texts(JsonFields.MEMBER_IDS));
    }

    private static RemoveMember removeMember(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new RemoveMember(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.USER_ID));
    }

    private static ChangeRole changeRole(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String role = payload.text(JsonFields.ROLE);
        if (role.isEmpty()) {
            throw ChatException.missing(JsonFields.ROLE);
        }
        return new ChangeRole(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.USER_ID), role(role));
    }

    private static void changed(JsonGenerator json, ChangeRole.Changed reply) throws IOException {
        json.writeFieldName(MEMBER);
        ConversationJson.member(json, reply.member());
    }

    private static void conversation(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeFieldName(JsonFields.CONVERSATION);
        ConversationJson.write(json, conversation);
    }

    private static GetConversation getConversation(JsonNode argument) {
        return new GetConversation(conversationId(argument));
    }

    private static String conversationId(JsonNode argument) {
        return Payload.of(argument).text(JsonFields.CONVERSATION_ID);
    }

    private static void found(JsonGenerator json, GetConversation.Found reply) throws IOException {
        conversation(json, reply.conversation());
        if (reply.role() != null) {
            json.writeStringField(JsonFields.ROLE, reply.role().wireName());
        }
        FieldWriter.texts(
                json, "may", reply.may().stream().map(Permission::wireName).toList());
        if (reply.preferences() != null) {
            AttentionWire.preferences(json, reply.preferences());
        }
    }

    private static GetMembers getMembers(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String role = payload.optionalText(JsonFields.ROLE);
        String cursor = payload.optionalText(JsonFields.CURSOR);
        return new GetMembers(
                payload.text(JsonFields.CONVERSATION_ID),
                role == null ? null : role(role),
                cursor == null ? null : Cursors.decodeUser(cursor, JsonFields.CURSOR),
                payload.optionalInt(JsonFields.LIMIT));
    }

    private static Role role(String name) {
        return Stream.of(Role.values())
                .filter(role -> role.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> ChatException.invalid(JsonFields.ROLE));
    }

    private static void members(JsonGenerator json, GetMembers.Listed reply) throws IOException {
        ConversationJson.members(json, reply.members());
        if (reply.next() != null) {
            json.writeStringField(JsonFields.NEXT, Cursors.encodeUser(reply.next()));
        }
    }

    private static GetConversations getConversations(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String after = payload.optionalText(JsonFields.AFTER);
        String filter = payload.optionalText(FILTER);
        return new GetConversations(
                after == null ? null : Cursors.decode(after),
                payload.optionalInt(JsonFields.LIMIT),
                filter == null
                        ? null
                        : ConversationFilter.ofWireName(filter).orElseThrow(() -> ChatException.invalid(FILTER)));
    }

    private static void listed(JsonGenerator json, GetConversations.Listed reply) throws IOException {
        json.writeArrayFieldStart("conversations");
        for (GetConversations.Entry entry : reply.entries()) {
            ConversationJson.write(json, entry);
        }
        json.writeEndArray();
        if (reply.next() != null) {
            json.writeStringField(JsonFields.NEXT, Cursors.encode(reply.next()));
        }
    }

    private static void conversationUpdated(JsonGenerator json, ConversationUpdated event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversation().conversationId());
        FieldWriter.optional(json, BY, event.updatedBy());
        conversation(json, event.conversation());
        json.writeEndObject();
    }

    private static void conversationDeleted(JsonGenerator json, ConversationDeleted event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        FieldWriter.optional(json, BY, event.deletedBy());
        json.writeEndObject();
    }

    private static void memberAdded(JsonGenerator json, MemberAdded event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversation().conversationId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        FieldWriter.optional(json, BY, event.addedBy());
        conversation(json, event.conversation());
        json.writeEndObject();
    }

    private static void memberUpdated(JsonGenerator json, MemberUpdated event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeFieldName(MEMBER);
        ConversationJson.member(json, event.member());
        FieldWriter.optional(json, BY, event.changedBy());
        json.writeEndObject();
    }

    private static void memberRemoved(JsonGenerator json, MemberRemoved event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        FieldWriter.optional(json, BY, event.removedBy());
        json.writeEndObject();
    }
}
