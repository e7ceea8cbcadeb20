package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to create. Immutable.
 *
 * @param conversationId the id: visible characters, at most {@link Limits#idLength()} UTF-16 units, with spaces only
 *     between other characters
 * @param kind whether it is direct, a group or open
 * @param title the title to show, or null; at most {@value FixedLimits#TITLE_LENGTH} UTF-16 units without control or
 *     invisible characters
 * @param memberIds the ids of the initial members without repeats; the first one owns a group
 * @param metadata a JSON object as text that the chat stores and does not read, or null
 * @param retention how long messages are kept, in whole seconds and at least 1 s, or null for no limit
 */
public record NewConversation(
        String conversationId,
        ConversationKind kind,
        @Nullable String title,
        List<String> memberIds,
        @Nullable String metadata,
        @Nullable Duration retention) {
    private static final String DIRECT_PREFIX = "d:";
    private static final Pattern DIRECT_ID = Pattern.compile(DIRECT_PREFIX + "[A-Za-z0-9_-]{43}");

    /** Copies the members and drops repeats. */
    public NewConversation {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(kind, "kind");
        memberIds = Checks.list(memberIds, "memberIds").stream().distinct().toList();
        if (kind == ConversationKind.DIRECT && memberIds.size() != 2) {
            throw new IllegalArgumentException(
                    "memberIds: " + memberIds.size() + " (expected: exactly 2 for a direct conversation)");
        }
        if (retention != null && (retention.getSeconds() < 1 || retention.getNano() != 0)) {
            throw new IllegalArgumentException("retention: " + retention + " (expected: whole seconds, at least one)");
        }
    }

    /** Returns a group. Its first member becomes the owner. */
    public static NewConversation group(String conversationId, String title, Collection<String> memberIds) {
        return new NewConversation(
                conversationId,
                ConversationKind.GROUP,
                requireNonNull(title, "title"),
                Checks.list(memberIds, "memberIds"),
                null,
                null);
    }

    /** Returns an open conversation, which has no members. The access policy decides who may use it. */
    public static NewConversation open(String conversationId) {
        return new NewConversation(conversationId, ConversationKind.OPEN, null, List.of(), null, null);
    }

    /** Returns the direct conversation of two users. Its id is the same for both orders of the users. */
    public static NewConversation direct(String userId, String otherUserId) {
        requireNonNull(userId, "userId");
        requireNonNull(otherUserId, "otherUserId");
        String first = userId.compareTo(otherUserId) <= 0 ? userId : otherUserId;
        String second = first.equals(userId) ? otherUserId : userId;
        return new NewConversation(
                directId(first, second), ConversationKind.DIRECT, null, List.of(first, second), null, null);
    }

    /**
     * Returns whether the id has the form of a direct conversation's id. Says nothing of whether the conversation
     * exists.
     */
    public static boolean isDirect(String conversationId) {
        return requireNonNull(conversationId, "conversationId").startsWith(DIRECT_PREFIX)
                && DIRECT_ID.matcher(conversationId).matches();
    }

    /** Returns a copy with metadata, a JSON object as text. */
    public NewConversation withMetadata(String newMetadata) {
        return new NewConversation(
                conversationId, kind, title, memberIds, requireNonNull(newMetadata, "newMetadata"), retention);
    }

    /** Returns a copy whose messages are kept for the given time. The time cannot be changed after the creation. */
    public NewConversation withRetention(Duration newRetention) {
        return new NewConversation(
                conversationId, kind, title, memberIds, metadata, requireNonNull(newRetention, "newRetention"));
    }

    /** Derives the id from a digest of the pair, because user ids may be as long as an id may be. */
    private static String directId(String first, String second) {
        String pair = first.length() + ":" + first + second;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pair.getBytes(StandardCharsets.UTF_8));
            return DIRECT_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Returns the initial role of the member at the given index of {@link #memberIds()}. */
    public Role roleOf(int index) {
        return kind == ConversationKind.GROUP && index == 0 ? Role.OWNER : Role.MEMBER;
    }
}
