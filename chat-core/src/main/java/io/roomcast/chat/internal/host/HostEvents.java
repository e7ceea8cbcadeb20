package io.roomcast.chat.internal.host;

import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** Sends events of the host to users. Safe for use by any thread; never blocks. */
public final class HostEvents {
    private final ChatParts parts;

    HostEvents(ChatParts parts) {
        this.parts = parts;
    }

    /**
     * Sends an event to all sessions of the users, on all nodes.
     *
     * @param data a JSON value as text, or null for none
     * @throws ChatException {@link ErrorCode#INVALID_PAYLOAD} for an invalid id, name or value, {@link
     *     ErrorCode#PAYLOAD_TOO_LARGE} for a value that is too long, and {@link ErrorCode#SERVER_DRAINING} after the chat
     *     is closed
     */
    public void sendToUsers(Collection<String> userIds, String name, @Nullable String data) {
        parts.rules().events().sendToUsers(userIds, name, data);
        if (parts.execution().lanes().isClosed()) {
            throw ChatException.of(ErrorCode.SERVER_DRAINING);
        }
        CustomEventSent event = new CustomEventSent(
                null, null, name, data, parts.settings().clock().instant());
        parts.rooms().publisher().publish(new OutboundEvent(event, new Audience.Users(new LinkedHashSet<>(userIds))));
    }
}
