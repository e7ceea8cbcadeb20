/**
 * Knows which sessions receive a room's events, sends them without gaps, and caches who belongs to which conversation.
 *
 * <p>{@link io.roomcast.chat.internal.room.Rooms} assembles the parts. Workers call them in each conversation's order;
 * event loops register and remove sessions.
 */
@NullMarked
package io.roomcast.chat.internal.room;

import org.jspecify.annotations.NullMarked;
