package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Session;
import org.jspecify.annotations.Nullable;

/**
 * An event for a room.
 *
 * @param event what happened
 * @param except the session that it is not for, or null
 * @param repeats whether it may have been told already, and is then not told again
 */
record Publication(ChatEvent event, @Nullable Session except, boolean repeats) {}
