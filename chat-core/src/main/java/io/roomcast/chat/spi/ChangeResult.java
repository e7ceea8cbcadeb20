package io.roomcast.chat.spi;

import io.roomcast.chat.model.Message;

/**
 * What became of a change.
 *
 * @param message the message as it is now
 * @param changed false where the change made no difference and took no place in the log
 */
public record ChangeResult(Message message, boolean changed) {}
