package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of one stored message. Immutable.
 *
 * <p>Each type computes the changed message itself. So all stores get the same result, and so does a node that
 * completes a change which another node began. The caller decides whether the user may make the change.
 */
public sealed interface Change
        permits Change.Edit,
                Change.Delete,
                Change.React,
                Change.Unreact,
                Change.Pin,
                Change.Unpin,
                Change.Annotate,
                Change.Unannotate {
    /** Returns the conversation of the message. */
    String conversationId();

    /** Returns the id of the message. */
    String messageId();

    /** Returns the id of the user who makes the change. */
    String userId();

    /** Returns the time of the change, in whole milliseconds. */
    Instant at();

    /**
     * Returns the message after this change.
     *
     * @param before the message before the change
     * @param version the number of the change in the conversation's change log, from 1
     * @return the message with the given version; the same object if the change has no effect
     * @throws ChatException {@link ErrorCode#MESSAGE_NOT_FOUND} if the message is deleted, {@link ErrorCode#CONFLICT}
     *     if it has another version than the change expects, {@link ErrorCode#REACTION_LIMIT} if it has too many
     *     reactions, or {@link ErrorCode#PAYLOAD_TOO_LARGE} if it has too many annotations or too long ones
     */
    Message applyTo(Message before, long version);

    /**
     * Calls the visitor's method for the type of this change.
     *
     * @param <R> the visitor's result
     */
    <R> R accept(Visitor<R> visitor);

    /**
     * Replaces the content and the metadata.
     *
     * @param content the new content
     * @param metadata the new metadata, a JSON object as text, or null for none
     * @param expectedVersion the version that the message must have, or null for any
     */
    record Edit(
            String conversationId,
            String messageId,
            String userId,
            Instant at,
            String content,
            @Nullable String metadata,
            @Nullable Long expectedVersion)
            implements Change {
        /** Rejects null for required components. */
        public Edit {
            requireTarget(conversationId, messageId, userId, at);
            requireNonNull(content, "content");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            requireNotDeleted(before);
            if (expectedVersion != null && expectedVersion != before.version()) {
                throw ChatException.of(ErrorCode.CONFLICT);
            }
            return before.withBody(before.body().edited(content, metadata), at, version);
        }
    }

    /** Deletes the content and the reactions. The sequence number remains. Deleting a deleted message has no effect. */
    record Delete(String conversationId, String messageId, String userId, Instant at) implements Change {
        /** Rejects null. */
        public Delete {
            requireTarget(conversationId, messageId, userId, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            return before.isDeleted() ? before : before.deleted(new Deletion(userId, at), version);
        }
    }

    /**
     * Adds a reaction of the user. Adding the same reaction again has no effect.
     *
     * @param key the reaction, such as an emoji
     */
    record React(String conversationId, String messageId, String userId, Instant at, String key) implements Change {
        /** Rejects null. */
        public React {
            requireTarget(conversationId, messageId, userId, at);
            requireNonNull(key, "key");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            requireNotDeleted(before);
            Reaction added = new Reaction(key, userId);
            if (before.reactions().contains(added)) {
                return before;
            }
            List<Reaction> after = new ArrayList<>(before.reactions());
            after.add(added);
            if (after.size() > FixedLimits.REACTIONS || keys(after) > FixedLimits.REACTION_KEYS) {
                throw ChatException.of(ErrorCode.REACTION_LIMIT);
            }
            return before.withReactions(after, version);
        }

        private static long keys(List<Reaction> reactions) {
            return reactions.stream().map(Reaction::key).distinct().count();
        }
    }

    /**
     * Removes a reaction of the user. Removing a reaction that does not exist has no effect.
     *
     * @param key the reaction, such as an emoji
     */
    record Unreact(String conversationId, String messageId, String userId, Instant at, String key) implements Change {
        /** Rejects null. */
        public Unreact {
            requireTarget(conversationId, messageId, userId, at);
            requireNonNull(key, "key");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            List<Reaction> after = new ArrayList<>(before.reactions());
            return after.remove(new Reaction(key, userId)) ? before.withReactions(after, version) : before;
        }
    }

    /** Pins the message. Pinning a pinned message has no effect. */
    record Pin(String conversationId, String messageId, String userId, Instant at) implements Change {
        /** Rejects null. */
        public Pin {
            requireTarget(conversationId, messageId, userId, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            requireNotDeleted(before);
            return before.pin() == null ? before.withPin(new io.roomcast.chat.model.Pin(userId, at), version) : before;
        }
    }

    /** Unpins the message. Unpinning a message that is not pinned has no effect. */
    record Unpin(String conversationId, String messageId, String userId, Instant at) implements Change {
        /** Rejects null. */
        public Unpin {
            requireTarget(conversationId, messageId, userId, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            return before.pin() == null ? before : before.withPin(null, version);
        }
    }

    /**
     * Sets an annotation, and replaces one with the same key. Annotations outlast edits, because they are the host's.
     *
     * @param annotation the annotation
     */
    record Annotate(String conversationId, String messageId, String userId, Instant at, Annotation annotation)
            implements Change {
        /** Rejects null. */
        public Annotate {
            requireTarget(conversationId, messageId, userId, at);
            requireNonNull(annotation, "annotation");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            requireNotDeleted(before);
            if (before.annotations().contains(annotation)) {
                return before;
            }
            List<Annotation> after = new ArrayList<>(before.annotations());
            after.removeIf(other -> other.key().equals(annotation.key()));
            after.add(annotation);
            int length = after.stream().mapToInt(Annotation::length).sum();
            if (after.size() > FixedLimits.ANNOTATIONS || length > FixedLimits.ANNOTATIONS_LENGTH) {
                throw ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE);
            }
            return before.withAnnotations(after, version);
        }
    }

    /**
     * Removes an annotation. Removing one that does not exist has no effect.
     *
     * @param key the key of the annotation
     */
    record Unannotate(String conversationId, String messageId, String userId, Instant at, String key)
            implements Change {
        /** Rejects null. */
        public Unannotate {
            requireTarget(conversationId, messageId, userId, at);
            requireNonNull(key, "key");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            List<Annotation> after = new ArrayList<>(before.annotations());
            boolean changed = after.removeIf(annotation -> annotation.key().equals(key));
            return changed ? before.withAnnotations(after, version) : before;
        }
    }

    /**
     * Handles changes, with one method for each type. A store that uses a visitor does not compile if it misses a type.
     *
     * @param <R> the result
     */
    interface Visitor<R> {
        /** Handles an edit. */
        R visit(Change.Edit change);

        /** Handles a deletion. */
        R visit(Change.Delete change);

        /** Handles an added reaction. */
        R visit(Change.React change);

        /** Handles a removed reaction. */
        R visit(Change.Unreact change);

        /** Handles a pin. */
        R visit(Change.Pin change);

        /** Handles a removed pin. */
        R visit(Change.Unpin change);

        /** Handles an annotation. */
        R visit(Change.Annotate change);

        /** Handles a removed annotation. */
        R visit(Change.Unannotate change);
    }

    private static void requireTarget(String conversationId, String messageId, String userId, Instant at) {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(userId, "userId");
        requireNonNull(at, "at");
    }

    private static void requireNotDeleted(Message message) {
        if (message.isDeleted()) {
            throw ChatException.of(ErrorCode.MESSAGE_NOT_FOUND);
        }
    }
}
