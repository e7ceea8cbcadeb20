/**
 * Tracks which users are online, typing and viewing, and looks up the host's users.
 *
 * <p>{@link io.roomcast.chat.internal.presence.PresenceTrackers} assembles the trackers. Workers and event loops call
 * them; timers end what clients do not end.
 */
@NullMarked
package io.roomcast.chat.internal.presence;

import org.jspecify.annotations.NullMarked;
