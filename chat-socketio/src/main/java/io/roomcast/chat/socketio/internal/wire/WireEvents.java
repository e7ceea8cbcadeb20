package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The index of all events on the wire.
 *
 * <p>No server is built unless every permitted event has exactly one wire form, see {@link WireForms}.
 */
public final class WireEvents {
    private static final Map<Class<?>, WireEvent<?>> BY_TYPE = index(Stream.of(
                    RoomWire.EVENTS,
                    ActivityWire.EVENTS,
                    MessageWire.EVENTS,
                    ReactionWire.EVENTS,
                    HistoryWire.EVENTS,
                    ReceiptWire.EVENTS,
                    ConversationWire.EVENTS,
                    AttentionWire.EVENTS,
                    PresenceWire.EVENTS,
                    CustomEventWire.EVENTS,
                    UploadWire.EVENTS,
                    UserWire.EVENTS,
                    CallWire.EVENTS,
                    SessionWire.EVENTS)
            .flatMap(List::stream)
            .toList());

    /** The name of the event with one message. */
    public static final String MESSAGE_SENT = of(MessageSent.class).name();

    private WireEvents() {}

    /**
     * Returns the events by their types.
     *
     * @throws IllegalStateException if an event is missing, or is given twice
     */
    static Map<Class<?>, WireEvent<?>> index(List<WireEvent<?>> events) {
        return PermittedTypes.index("events", ChatEvent.class, Set.of(), events, WireEvent::type);
    }

    /**
     * Writes an event's name and argument into an array that is open.
     *
     * @param userId the user who receives the event, or null for any
     */
    public static void write(JsonGenerator json, ChatEvent event, @Nullable String userId) throws IOException {
        of(event.getClass()).write(json, event, userId);
    }

    /** Writes an event's argument. */
    public static void writeArgument(JsonGenerator json, ChatEvent event) throws IOException {
        of(event.getClass()).writeArgument(json, event);
    }

    private static WireEvent<?> of(Class<? extends ChatEvent> type) {
        WireEvent<?> event = BY_TYPE.get(type);
        if (event == null) {
            throw new IllegalArgumentException("type: " + type + " (expected: a permitted event)");
        }
        return event;
    }

    /** Returns the wire forms of all events. */
    static List<WireEvent<?>> all() {
        return List.copyOf(BY_TYPE.values());
    }
}
