package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of one stored message. Immutable.
 *
 * <p>Each kind says itself what becomes of the message, so that every store, and every node that finishes what another
 * began, comes to the same state. Who may make a change is for the caller to decide.
 */
public sealed interface Change permits Change.Edit, Change.Delete, Change.React, Change.Unreact {
    /** The different keys that the reactions to one message may have: {@value}. */
    int MAX_REACTION_KEYS = 20;

    /** The reactions that one message may have in all: {@value}. */
    int MAX_REACTIONS = 1_000;

    /** The conversation of the message. */
    String conversationId();

    /** The message. */
    String messageId();

    /** Who makes the change. */
    String userId();

    /** When, in whole milliseconds. */
    Instant at();

    /**
     * The message as it is once this is done to it.
     *
     * @param before the message as it is now
     * @param version the change's place in the conversation's change log
     * @return the message with the given version, or the very same object where the change makes no difference
     * @throws ChatException {@link ErrorCode#MESSAGE_NOT_FOUND} if it is deleted and cannot be changed any more,
     *     {@link ErrorCode#CONFLICT} if somebody changed it first, {@link ErrorCode#REACTION_LIMIT}
     */
    Message applyTo(Message before, long version);

    /**
     * Calls the visitor's method for the type of this change.
     *
     * @param <R> the visitor's result
     */
    <R> R accept(ChangeVisitor<R> visitor);

    /**
     * Other words.
     *
     * @param content the new words
     * @param metadata the new metadata, or null for none
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
        /** Checks that nothing required is null. */
        public Edit {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(messageId, "messageId");
            requireNonNull(userId, "userId");
            requireNonNull(at, "at");
            checkTarget(conversationId, messageId, userId, at);
            requireNonNull(content, "content");
        }

        @Override
        public <R> R accept(ChangeVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            refuseDeleted(before);
            if (expectedVersion != null && expectedVersion != before.version()) {
                throw ChatException.of(ErrorCode.CONFLICT);
            }
            return before.withBody(before.body().edited(content, metadata), at, version);
        }
    }

    /** Nothing but the place remains. To delete twice is to delete once. */
    record Delete(String conversationId, String messageId, String userId, Instant at) implements Change {
        /** Checks that nothing is null. */
        public Delete {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(messageId, "messageId");
            requireNonNull(userId, "userId");
            requireNonNull(at, "at");
            checkTarget(conversationId, messageId, userId, at);
        }

        @Override
        public <R> R accept(ChangeVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            return before.isDeleted() ? before : before.deleted(new Deletion(userId, at), version);
        }
    }

    /**
     * A reaction of the user's; the same one twice is once.
     *
     * @param key what the user chose
     */
    record React(String conversationId, String messageId, String userId, Instant at, String key) implements Change {
        /** Checks that nothing is null. */
        public React {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(messageId, "messageId");
            requireNonNull(userId, "userId");
            requireNonNull(at, "at");
            checkTarget(conversationId, messageId, userId, at);
            requireNonNull(key, "key");
        }

        @Override
        public <R> R accept(ChangeVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            refuseDeleted(before);
            Reaction added = new Reaction(key, userId);
            if (before.reactions().contains(added)) {
                return before;
            }
            List<Reaction> after = new ArrayList<>(before.reactions());
            after.add(added);
            if (after.size() > MAX_REACTIONS || keys(after) > MAX_REACTION_KEYS) {
                throw ChatException.of(ErrorCode.REACTION_LIMIT);
            }
            return before.withReactions(after, version);
        }

        private static long keys(List<Reaction> reactions) {
            return reactions.stream().map(Reaction::key).distinct().count();
        }
    }

    /**
     * Takes a reaction of the user's own back; nothing happens where there is none.
     *
     * @param key what the user had chosen
     */
    record Unreact(String conversationId, String messageId, String userId, Instant at, String key) implements Change {
        /** Checks that nothing is null. */
        public Unreact {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(messageId, "messageId");
            requireNonNull(userId, "userId");
            requireNonNull(at, "at");
            checkTarget(conversationId, messageId, userId, at);
            requireNonNull(key, "key");
        }

        @Override
        public <R> R accept(ChangeVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public Message applyTo(Message before, long version) {
            requireNonNull(before, "before");
            List<Reaction> after = new ArrayList<>(before.reactions());
            return after.remove(new Reaction(key, userId)) ? before.withReactions(after, version) : before;
        }
    }

    private static void checkTarget(String conversationId, String messageId, String userId, Instant at) {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(userId, "userId");
        requireNonNull(at, "at");
    }

    private static void refuseDeleted(Message message) {
        if (message.isDeleted()) {
            throw ChatException.of(ErrorCode.MESSAGE_NOT_FOUND);
        }
    }
}
