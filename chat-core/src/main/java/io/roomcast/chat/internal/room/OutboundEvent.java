package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;

/**
 * An event and whom it is for.
 *
 * @param event what happened
 * @param audience whom it is for
 * @param repeats whether it may have been told already, and is then not told again
 */
public record OutboundEvent(ChatEvent event, Audience audience, boolean repeats) {
    public OutboundEvent(ChatEvent event, Audience audience) {
        this(event, audience, false);
    }
}
