package io.roomcast.chat.socketio.internal.wire;

import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.SendMessage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of all events, in both directions. */
public final class WireNames {
    /** Tells a room of a message. */
    public static final String MESSAGE_SENT = "receiveMessage";

    /** Tells the others that a user is typing. */
    public static final String TYPING_STARTED = "userTyping";

    /** Tells the others that a user stopped typing. */
    public static final String TYPING_STOPPED = "userStoppedTyping";

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

    private static final Map<String, WireCommand<?>> COMMANDS = Stream.of(
                    new WireCommand<>("joinRoom", CHAT_ERROR, CommandDecoder::joinRoom, ReplyEncoder::joined),
                    new WireCommand<>("leaveRoom", CHAT_ERROR, CommandDecoder::leaveRoom, ReplyEncoder::left),
                    SEND_MESSAGE,
                    new WireCommand<>("typing", CHAT_ERROR, CommandDecoder::typing, ReplyEncoder::started),
                    new WireCommand<>("stopTyping", CHAT_ERROR, CommandDecoder::stopTyping, ReplyEncoder::stopped),
                    GET_MESSAGES)
            .collect(Collectors.toUnmodifiableMap(WireCommand::name, Function.identity()));

    private WireNames() {}

    /** The command that the event asks for, if it asks for one. */
    public static Optional<WireCommand<?>> command(String event) {
        return Optional.ofNullable(COMMANDS.get(event));
    }
}
