package io.roomcast.chat.socketio.internal.wire;

import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SyncRoom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of all events, in both directions. */
public final class WireNames {
    /** Tells a room of a message. */
    public static final String MESSAGE_SENT = "receiveMessage";

    /** Tells a room of several messages at once. */
    public static final String MESSAGES_BATCH = "messagesBatch";

    /** Tells the others that a user is typing. */
    public static final String TYPING_STARTED = "userTyping";

    /** Tells the others that a user stopped typing. */
    public static final String TYPING_STOPPED = "userStoppedTyping";

    /** Tells a room that a message has other words. */
    public static final String MESSAGE_EDITED = "messageEdited";

    /** Tells a room that a message was taken back. */
    public static final String MESSAGE_DELETED = "messageDeleted";

    /** Tells a room that reactions have changed. */
    public static final String REACTIONS_CHANGED = "messageReactions";

    /** Tells a room how far a user's devices have come. */
    public static final String MESSAGES_DELIVERED = "messagesDelivered";

    /** Tells a room how far a user has read. */
    public static final String MESSAGES_READ = "messagesRead";

    /** Tells a user what is left to read. */
    public static final String UNREAD_CHANGED = "unreadChanged";

    /** Tells a room who came in. */
    public static final String USER_JOINED = "userJoined";

    /** Tells a room who left. */
    public static final String USER_LEFT = "userLeft";

    /** Tells members of a new one. */
    public static final String MEMBER_ADDED = "memberAdded";

    /** Tells members who is one no longer. */
    public static final String MEMBER_REMOVED = "memberRemoved";

    /** Tells members that a conversation was made or changed. */
    public static final String CONVERSATION_UPDATED = "conversationUpdated";

    /** Tells the others that a user looks at a room. */
    public static final String VIEWING_STARTED = "userViewing";

    /** Tells the others that a user looks elsewhere. */
    public static final String VIEWING_STOPPED = "userStoppedViewing";

    /** Tells who came and went. */
    public static final String PRESENCE_CHANGED = "presenceChanged";

    /** Tells a session what it missed. */
    public static final String ROOM_SYNCED = "roomSync";

    /** Tells a session that its token ends soon. */
    public static final String TOKEN_EXPIRING = "tokenExpiring";

    /** Tells a session that it is over. */
    public static final String SESSION_REVOKED = "sessionRevoked";

    /** Tells a session that it has begun. */
    public static final String SESSION_STARTED = "session";

    /** Tells a client of a failed message. */
    public static final String MESSAGE_ERROR = "messageError";

    /** Tells a client of any other failure. */
    public static final String CHAT_ERROR = "chatError";

    /** Tells a client that it missed something. */
    public static final String SYNC_REQUIRED = "syncRequired";

    /** Tells a client that the server is about to stop. */
    public static final String SERVER_DRAINING = "serverDraining";

    /** Asks for a message to be sent. */
    public static final WireCommand<SendMessage.Sent> SEND_MESSAGE =
            new WireCommand<>("sendMessage", MESSAGE_ERROR, CommandDecoder::sendMessage, ReplyEncoder::sent);

    /** Asks for a page of messages. */
    public static final WireCommand<GetMessages.Page> GET_MESSAGES =
            new WireCommand<>("getMessages", CHAT_ERROR, CommandDecoder::getMessages, ReplyEncoder::page);

    /** Tells which messages the user has seen. */
    public static final WireCommand<MarkRead.Read> MARK_READ =
            new WireCommand<>("markRead", CHAT_ERROR, CommandDecoder::markRead, ReplyEncoder::read);

    /** Asks what happened after a position. */
    public static final WireCommand<SyncRoom.Synced> SYNC_ROOM =
            new WireCommand<>("syncRoom", CHAT_ERROR, CommandDecoder::syncRoom, ReplyEncoder::synced);

    /** Asks for a new conversation. */
    public static final WireCommand<CreateConversation.Created> CREATE_CONVERSATION = new WireCommand<>(
            "createConversation", CHAT_ERROR, CommandDecoder::createConversation, ReplyEncoder::created);

    /** Asks for the user's conversations. */
    public static final WireCommand<GetConversations.Listed> GET_CONVERSATIONS =
            new WireCommand<>("getConversations", CHAT_ERROR, CommandDecoder::getConversations, ReplyEncoder::listed);

    private static final Map<String, WireCommand<?>> COMMANDS = Stream.of(
                    new WireCommand<>("joinRoom", CHAT_ERROR, CommandDecoder::joinRoom, ReplyEncoder::joined),
                    new WireCommand<>("joinRooms", CHAT_ERROR, CommandDecoder::joinRooms, ReplyEncoder::joinedRooms),
                    new WireCommand<>("leaveRoom", CHAT_ERROR, CommandDecoder::leaveRoom, ReplyEncoder::left),
                    SEND_MESSAGE,
                    new WireCommand<>("typing", CHAT_ERROR, CommandDecoder::typing, ReplyEncoder::started),
                    new WireCommand<>("stopTyping", CHAT_ERROR, CommandDecoder::stopTyping, ReplyEncoder::stopped),
                    GET_MESSAGES,
                    MARK_READ,
                    SYNC_ROOM,
                    CREATE_CONVERSATION,
                    GET_CONVERSATIONS,
                    new WireCommand<>("editMessage", MESSAGE_ERROR, CommandDecoder::editMessage, ReplyEncoder::edited),
                    new WireCommand<>(
                            "deleteMessage", MESSAGE_ERROR, CommandDecoder::deleteMessage, ReplyEncoder::deleted),
                    new WireCommand<>("addReaction", CHAT_ERROR, CommandDecoder::addReaction, ReplyEncoder::reacted),
                    new WireCommand<>(
                            "removeReaction", CHAT_ERROR, CommandDecoder::removeReaction, ReplyEncoder::reacted),
                    new WireCommand<>(
                            "markDelivered", CHAT_ERROR, CommandDecoder::markDelivered, ReplyEncoder::delivered),
                    new WireCommand<>("getReceipts", CHAT_ERROR, CommandDecoder::getReceipts, ReplyEncoder::receipts),
                    new WireCommand<>(
                            "updateConversation",
                            CHAT_ERROR,
                            CommandDecoder::updateConversation,
                            ReplyEncoder::updated),
                    new WireCommand<>("addMembers", CHAT_ERROR, CommandDecoder::addMembers, ReplyEncoder::added),
                    new WireCommand<>("removeMember", CHAT_ERROR, CommandDecoder::removeMember, ReplyEncoder::removed),
                    new WireCommand<>("viewing", CHAT_ERROR, CommandDecoder::viewing, ReplyEncoder::viewing),
                    new WireCommand<>("stopViewing", CHAT_ERROR, CommandDecoder::stopViewing, ReplyEncoder::viewed),
                    new WireCommand<>("setPresence", CHAT_ERROR, CommandDecoder::setPresence, ReplyEncoder::presence),
                    new WireCommand<>("getPresence", CHAT_ERROR, CommandDecoder::getPresence, ReplyEncoder::known),
                    new WireCommand<>(
                            "subscribePresence", CHAT_ERROR, CommandDecoder::subscribePresence, ReplyEncoder::known),
                    new WireCommand<>(
                            "unsubscribePresence",
                            CHAT_ERROR,
                            CommandDecoder::unsubscribePresence,
                            ReplyEncoder::known),
                    new WireCommand<>(
                            "refreshToken", CHAT_ERROR, CommandDecoder::refreshToken, ReplyEncoder::refreshed))
            .collect(Collectors.toUnmodifiableMap(WireCommand::name, Function.identity()));

    private WireNames() {}

    /** The command that the event asks for, if it asks for one. */
    public static Optional<WireCommand<?>> command(String event) {
        return Optional.ofNullable(COMMANDS.get(event));
    }
}
