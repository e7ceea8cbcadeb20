package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Session;
import org.jspecify.annotations.Nullable;

/** An event for a room, and the session that it is not for. */
record Publication(ChatEvent event, @Nullable Session except) {}
