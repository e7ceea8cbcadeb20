/**
 * Knows which sessions receive a room's events, sends them without gaps, and caches who belongs to which conversation.
 */
@NullMarked
package io.roomcast.chat.internal.room;

import org.jspecify.annotations.NullMarked;
