package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * Notifies a room that the host set or removed an annotation of a message.
 *
 * @param message the message after the change; it has an annotation with the key if it was set
 * @param key the key of the annotation
 */
public record AnnotationChanged(Message message, String key) implements MessageChanged {
    /** Rejects null for required components. */
    public AnnotationChanged {
        requireNonNull(message, "message");
        requireNonNull(key, "key");
    }
}
