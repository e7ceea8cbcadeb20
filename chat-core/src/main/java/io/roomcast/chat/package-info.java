/** The chat without any transport; begin at {@link io.roomcast.chat.ChatService}. */
@NullMarked
package io.roomcast.chat;

import org.jspecify.annotations.NullMarked;
