/**
 * The chat without a transport. Host code uses {@link io.roomcast.chat.ChatService}; a transport adapter builds and
 * uses {@link io.roomcast.chat.ChatEngine}.
 */
@NullMarked
package io.roomcast.chat;

import org.jspecify.annotations.NullMarked;
