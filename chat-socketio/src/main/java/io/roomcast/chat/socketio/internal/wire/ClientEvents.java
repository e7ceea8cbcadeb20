package io.roomcast.chat.socketio.internal.wire;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.HandleEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All events that clients may send to one server: those of the contract, and the host's own. */
public final class ClientEvents {
    /** Names that Socket.IO's clients and servers use for events of their own. */
    private static final Set<String> OF_SOCKET_IO =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "error", "newListener", "removeListener");

    /** Events that the transport sends besides those of the chat. */
    private static final Set<String> OF_TRANSPORT =
            Set.of(FailureEncoder.CHAT_ERROR, FailureEncoder.MESSAGE_ERROR, "messagesBatch", "serverDraining");

    private final Map<String, WireCommand<?>> own;

    private ClientEvents(Map<String, WireCommand<?>> own) {
        this.own = own;
    }

    /**
     * Returns the events of a server.
     *
     * @param own the names of the host's own events
     */
    public static ClientEvents of(Collection<String> own) {
        return new ClientEvents(own.stream().collect(toUnmodifiableMap(Function.identity(), ClientEvents::ofHost)));
    }

    private static WireCommand<?> ofHost(String name) {
        return WireCommand.ofWhole(
                HandleEvent.class, name, argument -> new HandleEvent(name, payload(argument)), ClientEvents::answer);
    }

    private static String payload(JsonNode argument) {
        return argument.isMissingNode() ? "null" : argument.toString();
    }

    private static void answer(JsonGenerator json, HandleEvent.Handled reply, @Nullable String userId)
            throws IOException {
        json.writeRawValue(reply.answer());
    }

    /** Returns the command that an event of this name requests; empty for an unknown name. */
    public Optional<WireCommand<?>> named(String name) {
        WireCommand<?> ofHost = own.get(name);
        return ofHost == null ? WireCommands.named(name) : Optional.of(ofHost);
    }

    /** Returns whether the contract or Socket.IO has an event of this name, so that the host can have none. */
    public static boolean isReserved(String name) {
        return OF_SOCKET_IO.contains(name)
                || OF_TRANSPORT.contains(name)
                || WireCommands.named(name).isPresent()
                || WireEvents.all().stream().anyMatch(event -> event.name().equals(name));
    }
}
