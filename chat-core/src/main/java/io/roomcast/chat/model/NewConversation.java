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
 * A conversation that host code wants to have. Immutable.
 *
 * @param conversationId its id: visible characters, at most {@link Limits#idLength()} UTF-16 units, with spaces only between them
 * @param kind how it chooses its members
 * @param title the name to show, at most {@value FixedLimits#TITLE_LENGTH} UTF-16 units, no control or invisible characters; or null
 * @param memberIds its first members without repeats; the first of a group owns it
 * @param metadata a JSON object as text, which the chat carries and does not read, or null
 * @param retention how long a message is kept, whole seconds and at least one; null for as long as the conversation
 */
public record NewConversation(
        String conversationId,
        ConversationKind kind,
        @Nullable String title,
        List<String> memberIds,
        @Nullable String metadata,
        @Nullable Duration retention) {
    private static final Pattern DIRECT_ID = Pattern.compile("d:[A-Za-z0-9_-]{43}");

    /** Copies the members and drops repeats. */
    public NewConversation {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(kind, "kind");
        memberIds = Checks.list(memberIds, "memberIds").stream().distinct().toList();
        if (kind == ConversationKind.DIRECT && memberIds.size() != 2) {
            throw new IllegalArgumentException("memberIds: " + memberIds.size() + " (expected: 2 for a direct one)");
        }
        if (retention != null && (retention.getSeconds() < 1 || retention.getNano() != 0)) {
            throw new IllegalArgumentException("retention: " + retention + " (expected: whole seconds, at least one)");
        }
    }

    /** A group; its first member owns it. */
    public static NewConversation group(String conversationId, String title, Collection<String> memberIds) {
        return new NewConversation(
                conversationId,
                ConversationKind.GROUP,
                requireNonNull(title, "title"),
                Checks.list(memberIds, "memberIds"),
                null,
                null);
    }

    /** One without members of its own, for whoever the access policy lets in. */
    public static NewConversation open(String conversationId) {
        return new NewConversation(conversationId, ConversationKind.OPEN, null, List.of(), null, null);
    }

    /** The one conversation of two users: the same id for either order. */
    public static NewConversation direct(String userId, String otherUserId) {
        requireNonNull(userId, "userId");
        requireNonNull(otherUserId, "otherUserId");
        String first = userId.compareTo(otherUserId) <= 0 ? userId : otherUserId;
        String second = first.equals(userId) ? otherUserId : userId;
        return new NewConversation(
                directId(first, second), ConversationKind.DIRECT, null, List.of(first, second), null, null);
    }

    /** Whether the id is one of those that direct conversations have, be there such a conversation or not. */
    public static boolean isDirect(String conversationId) {
        return DIRECT_ID
                .matcher(requireNonNull(conversationId, "conversationId"))
                .matches();
    }

    /** The same with metadata. */
    public NewConversation withMetadata(String newMetadata) {
        return new NewConversation(
                conversationId, kind, title, memberIds, requireNonNull(newMetadata, "newMetadata"), retention);
    }

    /** The same whose messages are kept for some time only; that cannot be changed later. */
    public NewConversation withRetention(Duration newRetention) {
        return new NewConversation(
                conversationId, kind, title, memberIds, metadata, requireNonNull(newRetention, "newRetention"));
    }

    /** Names of users may hold what an id may not, and may be long, so the id is a digest of the pair. */
    private static String directId(String first, String second) {
        String pair = first.length() + ":" + first + second;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pair.getBytes(StandardCharsets.UTF_8));
            return "d:" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The role that the member in the given place of the list begins with. */
    public Role roleOf(int index) {
        return kind == ConversationKind.GROUP && index == 0 ? Role.OWNER : Role.MEMBER;
    }
}
