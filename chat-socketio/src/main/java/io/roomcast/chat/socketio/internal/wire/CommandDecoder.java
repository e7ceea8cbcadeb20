package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes commands of payloads; each method refuses wrong types with a {@link ChatException} that names the field. */
final class CommandDecoder {
    private static final String ITEMS = "items";

    private CommandDecoder() {}

    static JoinRoom joinRoom(JsonNode argument) {
        Payload payload = Payload.ofConversation(argument);
        return new JoinRoom(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalPosition(JsonFields.AFTER),
                payload.optionalInt(JsonFields.LIMIT));
    }

    /** Accepts a room's id alone, as a single join does. An unreadable entry has a result of its own. */
    static JoinRooms joinRooms(JsonNode argument) {
        List<JsonNode> entries = Payload.of(argument).elements("rooms");
        List<JoinRoom> rooms = new ArrayList<>(entries.size());
        Map<Integer, JoinRooms.Result> refused = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                rooms.add(joinRoom(entries.get(i)));
            } catch (ChatException refusal) {
                String asked =
                        Payload.echo(entries.get(i), JsonFields.CONVERSATION_ID).orElse("");
                refused.put(i, JoinRooms.Result.refused(asked, refusal));
            }
        }
        return new JoinRooms(rooms, refused);
    }

    static LeaveRoom leaveRoom(JsonNode argument) {
        return new LeaveRoom(Payload.ofConversation(argument).text(JsonFields.CONVERSATION_ID));
    }

    static SendMessage sendMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new SendMessage(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalText(JsonFields.SENDER_ID),
                type(payload),
                payload.optionalText(JsonFields.CONTENT),
                attachment(payload),
                payload.optionalText(JsonFields.CLIENT_MESSAGE_ID),
                payload.optionalText("replyTo"),
                payload.texts("mentions"),
                payload.optionalObject(JsonFields.METADATA));
    }

    private static MessageType type(Payload payload) {
        String name = payload.optionalText(JsonFields.TYPE);
        if (name == null) {
            return MessageType.TEXT;
        }
        return MessageType.ofWireName(name)
                .filter(MessageType::fromClients)
                .orElseThrow(() -> ChatException.invalid(JsonFields.TYPE));
    }

    /** Checks the types of all fields of a file first, and refuses them where there is no file. */
    private static @Nullable Attachment attachment(Payload payload) {
        String fileUrl = payload.optionalText(JsonFields.FILE_URL);
        String fileName = payload.optionalText(JsonFields.FILE_NAME);
        Long fileSize = payload.optionalLong(JsonFields.FILE_SIZE);
        String mimeType = payload.optionalText(JsonFields.MIME_TYPE);
        if (fileUrl == null) {
            refuseOthers(payload);
            return null;
        }
        return new Attachment(fileUrl, fileName, fileSize, mimeType);
    }

    private static void refuseOthers(Payload payload) {
        for (String field : List.of(JsonFields.FILE_NAME, JsonFields.FILE_SIZE, JsonFields.MIME_TYPE)) {
            if (payload.hasValue(field)) {
                throw ChatException.invalid(field, "none without fileUrl");
            }
        }
    }

    static StartTyping typing(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StartTyping(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    static StopTyping stopTyping(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StopTyping(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    static GetMessages getMessages(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new GetMessages(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalLong("before"),
                payload.optionalLong("after"),
                payload.optionalLong("around"),
                payload.optionalInt("limit"));
    }

    static EditMessage editMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new EditMessage(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.MESSAGE_ID),
                payload.text(JsonFields.CONTENT),
                payload.optionalObject(JsonFields.METADATA),
                payload.optionalLong("expectedVersion"));
    }

    static DeleteMessage deleteMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new DeleteMessage(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.MESSAGE_ID));
    }

    static AddReaction addReaction(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new AddReaction(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.MESSAGE_ID),
                payload.text(JsonFields.KEY));
    }

    static RemoveReaction removeReaction(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new RemoveReaction(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.MESSAGE_ID),
                payload.text(JsonFields.KEY));
    }

    static MarkDelivered markDelivered(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new MarkDelivered(
                payload.has(ITEMS) ? payload.objects(ITEMS, CommandDecoder::item) : List.of(item(payload)));
    }

    private static MarkDelivered.Item item(Payload item) {
        return new MarkDelivered.Item(item.text(JsonFields.CONVERSATION_ID), item.number(JsonFields.UP_TO_SEQ));
    }

    static MarkRead markRead(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new MarkRead(payload.text(JsonFields.CONVERSATION_ID), payload.number(JsonFields.UP_TO_SEQ));
    }

    static GetReceipts getReceipts(JsonNode argument) {
        return new GetReceipts(Payload.of(argument).text(JsonFields.CONVERSATION_ID));
    }

    static SyncRoom syncRoom(JsonNode argument) {
        Payload payload = Payload.of(argument);
        Position after = payload.optionalPosition(JsonFields.AFTER);
        return new SyncRoom(
                payload.text(JsonFields.CONVERSATION_ID),
                after == null ? Position.START : after,
                payload.text(JsonFields.EPOCH),
                payload.optionalInt(JsonFields.LIMIT));
    }

    static CreateConversation createConversation(JsonNode argument) {
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

    static UpdateConversation updateConversation(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new UpdateConversation(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalText(JsonFields.TITLE),
                payload.optionalObject(JsonFields.METADATA));
    }

    static AddMembers addMembers(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new AddMembers(payload.text(JsonFields.CONVERSATION_ID), payload.texts(JsonFields.MEMBER_IDS));
    }

    static RemoveMember removeMember(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new RemoveMember(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.USER_ID));
    }

    static GetConversations getConversations(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String after = payload.optionalText(JsonFields.AFTER);
        return new GetConversations(
                after == null ? null : Cursors.decode(after), payload.optionalInt(JsonFields.LIMIT));
    }

    static StartViewing viewing(JsonNode argument) {
        Payload payload = Payload.ofConversation(argument);
        return new StartViewing(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    static StopViewing stopViewing(JsonNode argument) {
        Payload payload = Payload.ofConversation(argument);
        return new StopViewing(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    static SetPresence setPresence(JsonNode argument) {
        String name = Payload.of(argument).text(JsonFields.STATUS);
        if (name.isEmpty()) {
            throw ChatException.missing(JsonFields.STATUS);
        }
        return new SetPresence(Stream.of(Presence.Status.ONLINE, Presence.Status.AWAY)
                .filter(status -> status.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> ChatException.invalid(JsonFields.STATUS)));
    }

    static GetPresence getPresence(JsonNode argument) {
        return new GetPresence(Payload.of(argument).texts(JsonFields.USER_IDS));
    }

    static SubscribePresence subscribePresence(JsonNode argument) {
        return new SubscribePresence(Payload.of(argument).texts(JsonFields.USER_IDS));
    }

    static UnsubscribePresence unsubscribePresence(JsonNode argument) {
        return new UnsubscribePresence(Payload.of(argument).texts(JsonFields.USER_IDS));
    }

    static RefreshToken refreshToken(JsonNode argument) {
        return new RefreshToken(Payload.of(argument).text("token"));
    }
}
