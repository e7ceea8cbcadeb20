package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;

/**
 * An event with its recipients.
 *
 * @param repeats whether the event may have been sent before; if so, it is sent only if the room lacks it
 */
public record OutboundEvent(ChatEvent event, Audience audience, boolean repeats) {
    /** Creates an event that was not sent before. */
    public OutboundEvent(ChatEvent event, Audience audience) {
        this(event, audience, false);
    }
}
