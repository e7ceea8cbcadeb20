/**
 * Reads, caches and changes what users prefer, and notifies their sessions.
 *
 * <p>{@link io.roomcast.chat.internal.attention.UserAttention} assembles the parts. Workers and event loops call them.
 */
@NullMarked
package io.roomcast.chat.internal.attention;

import org.jspecify.annotations.NullMarked;
