/** Values of the chat: messages, conversations, positions, principals, limits and error codes. */
@NullMarked
package io.roomcast.chat.model;

import org.jspecify.annotations.NullMarked;
