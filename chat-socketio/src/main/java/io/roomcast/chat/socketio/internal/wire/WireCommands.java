package io.roomcast.chat.socketio.internal.wire;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.HandleEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The index of all commands on the wire.
 *
 * <p>No server is built unless every permitted command has exactly one wire form, see {@link WireForms}. Those of
 * {@link HandleEvent} differ from server to server, see {@link ClientEvents}.
 */
public final class WireCommands {
    private static final Map<Class<?>, WireCommand<?>> BY_TYPE = index(Stream.of(
                    RoomWire.COMMANDS,
                    ActivityWire.COMMANDS,
                    MessageWire.COMMANDS,
                    ReactionWire.COMMANDS,
                    HistoryWire.COMMANDS,
                    ReceiptWire.COMMANDS,
                    ConversationWire.COMMANDS,
                    AttentionWire.COMMANDS,
                    PresenceWire.COMMANDS,
                    CustomEventWire.COMMANDS,
                    UserWire.COMMANDS,
                    UploadWire.COMMANDS,
                    CallWire.COMMANDS,
                    SessionWire.COMMANDS)
            .flatMap(List::stream)
            .toList());

    private static final Map<String, WireCommand<?>> BY_NAME =
            BY_TYPE.values().stream().collect(toUnmodifiableMap(WireCommand::name, Function.identity()));

    private WireCommands() {}

    /**
     * Returns the commands by their types.
     *
     * @throws IllegalStateException if a command is missing, or is given twice
     */
    static Map<Class<?>, WireCommand<?>> index(List<WireCommand<?>> commands) {
        return PermittedTypes.index("commands", Command.class, Set.of(HandleEvent.class), commands, WireCommand::type);
    }

    /** Returns the command that an event of this name requests; empty for an unknown name. */
    public static Optional<WireCommand<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Returns the wire form of a type of command. */
    @SuppressWarnings("unchecked")
    public static <R> WireCommand<R> of(Class<? extends Command<R>> type) {
        WireCommand<?> command = BY_TYPE.get(type);
        if (command == null) {
            throw new IllegalArgumentException("type: " + type + " (expected: a permitted command)");
        }
        return (WireCommand<R>) command;
    }

    /** Returns the wire forms of all commands. */
    public static Collection<WireCommand<?>> all() {
        return BY_TYPE.values();
    }
}
