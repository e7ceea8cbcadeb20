package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;

/**
 * An event and whom it is for.
 *
 * @param event what happened
 * @param audience whom it is for
 * @param repeats whether it may have been told already, and is then not told again
 */
record Publication(ChatEvent event, Audience audience, boolean repeats) {
    Publication(ChatEvent event, Audience audience) {
        this(event, audience, false);
    }
}
