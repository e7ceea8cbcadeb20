package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored message as it is after its last change. Immutable.
 *
 * @param id the message's id, unique everywhere
 * @param conversationId the conversation it belongs to
 * @param seq its place there: 1, 2, 3, … with no gap and no reuse
 * @param version the change of the conversation that touched it last; 0 if nothing did
 * @param senderId who sent it
 * @param clientMessageId the idempotency key: the client's, or one that the server made
 * @param body what the author put into it; nothing but its type once it is deleted
 * @param createdAt when it was accepted, in whole milliseconds
 * @param editedAt when its content was changed last, in whole milliseconds, or null
 * @param deletion who deleted it and when; null while it lives
 * @param reactions what users chose, the oldest first; each key and user once
 */
public record Message(
        String id,
        String conversationId,
        long seq,
        long version,
        String senderId,
        String clientMessageId,
        MessageBody body,
        Instant createdAt,
        @Nullable Instant editedAt,
        @Nullable Deletion deletion,
        List<Reaction> reactions) {
    /** Copies the reactions. */
    public Message {
        requireNonNull(id, "id");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(senderId, "senderId");
        requireNonNull(clientMessageId, "clientMessageId");
        requireNonNull(body, "body");
        requireNonNull(createdAt, "createdAt");
        reactions = Checks.list(reactions, "reactions");
    }

    /** What the content is. */
    public MessageType type() {
        return body.type();
    }

    /** The words. */
    public String content() {
        return body.content();
    }

    /** The file it points at, or null. */
    public @Nullable Attachment attachment() {
        return body.attachment();
    }

    /** Whether only its place is left. */
    public boolean isDeleted() {
        return deletion != null;
    }

    Message withBody(MessageBody newBody, Instant at, long newVersion) {
        return new Message(
                id,
                conversationId,
                seq,
                newVersion,
                senderId,
                clientMessageId,
                newBody,
                createdAt,
                at,
                deletion,
                reactions);
    }

    Message withReactions(List<Reaction> newReactions, long newVersion) {
        return new Message(
                id,
                conversationId,
                seq,
                newVersion,
                senderId,
                clientMessageId,
                body,
                createdAt,
                editedAt,
                deletion,
                newReactions);
    }

    Message deleted(Deletion by, long newVersion) {
        return new Message(
                id,
                conversationId,
                seq,
                newVersion,
                senderId,
                clientMessageId,
                body.erased(),
                createdAt,
                editedAt,
                by,
                List.of());
    }

    /**
     * The same without a trace of a user: what the user sent keeps only its place, and the user's reactions are gone.
     *
     * @param userId who is to be forgotten
     * @param nobody the id that stands for that user from now on
     * @param at when
     */
    public Message withoutUser(String userId, String nobody, Instant at) {
        requireNonNull(userId, "userId");
        requireNonNull(nobody, "nobody");
        requireNonNull(at, "at");
        boolean isTheirs = senderId.equals(userId);
        return new Message(
                id,
                conversationId,
                seq,
                version,
                isTheirs ? nobody : senderId,
                clientMessageId,
                isTheirs ? body.erased() : body.withoutMention(userId),
                createdAt,
                editedAt,
                isTheirs ? new Deletion(nobody, at) : deletedWithout(userId, nobody),
                isTheirs ? List.of() : reactionsWithout(userId));
    }

    private @Nullable Deletion deletedWithout(String userId, String nobody) {
        boolean isTheirs = deletion != null && deletion.deletedBy().equals(userId);
        return isTheirs ? new Deletion(nobody, requireNonNull(deletion).deletedAt()) : deletion;
    }

    private List<Reaction> reactionsWithout(String userId) {
        return reactions.stream()
                .filter(reaction -> !reaction.userId().equals(userId))
                .toList();
    }
}
