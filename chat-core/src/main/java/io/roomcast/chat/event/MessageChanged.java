package io.roomcast.chat.event;

import io.roomcast.chat.model.Message;

/**
 * Notifies a room that a stored message changed. The changes of one conversation are numbered by
 * {@link Message#version()} and sent in this order.
 */
public sealed interface MessageChanged extends ChatEvent
        permits AnnotationChanged, MessageDeleted, MessageEdited, PinChanged, ReactionsChanged {
    /** Returns the message after the change. */
    Message message();

    @Override
    default boolean isStored() {
        return true;
    }

    @Override
    default Delivery delivery() {
        return Delivery.RECOVERABLE;
    }
}
