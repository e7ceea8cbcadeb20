package io.roomcast.chat.mongo;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.mongo.Heads.Head;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;

/**
 * Reads and writes conversations together with their members, positions and previews. Safe for use by several threads;
 * every method blocks.
 */
final class Directory {
    private final DocumentReader<Document> reader = new DocumentReader<>("conversations");
    private final ConversationDocuments conversations;
    private final Members members;
    private final Membership membership;
    private final ReceiptDocuments receipts;
    private final PreferenceDocuments preferences;
    private final MessageLog log;
    private final SequenceAllocator allocator;
    private final Previews previews;
    private final Clock clock;

    Directory(
            ConversationDocuments conversations,
            Members members,
            Membership membership,
            ReceiptDocuments receipts,
            PreferenceDocuments preferences,
            MessageLog log,
            SequenceAllocator allocator,
            Previews previews,
            Clock clock) {
        this.conversations = conversations;
        this.members = members;
        this.membership = membership;
        this.receipts = receipts;
        this.preferences = preferences;
        this.log = log;
        this.allocator = allocator;
        this.previews = previews;
        this.clock = clock;
    }

    /** Returns the position of the newest message and change; {@link Position#START} for an unknown conversation. */
    Position position(String conversationId) {
        return conversations
                .head(conversationId)
                .map(head -> position(conversationId, head))
                .orElse(Position.START);
    }

    /** Uses the higher of two numbers: the document may lag behind, and the newest messages may have been removed. */
    private Position position(String conversationId, Head head) {
        return new Position(head.raisedTo(log.newestSeq(conversationId)).seq(), head.version());
    }

    /** Reads the newer messages of all conversations with one query, because the documents lag behind only slightly. */
    Map<String, Position> positions(Collection<String> conversationIds) {
        Map<String, Head> heads = conversations.heads(conversationIds);
        Map<String, Long> newer = log.newestAboveHeads(heads);
        Map<String, Position> positions = new HashMap<>();
        for (String conversationId : conversationIds) {
            Head head = heads.getOrDefault(conversationId, Head.NONE);
            long seq = newer.getOrDefault(conversationId, head.seq());
            positions.put(conversationId, new Position(seq, head.version()));
        }
        return positions;
    }

    /** Returns the conversation with all its members. */
    Optional<Conversation> find(String conversationId) {
        previews.flush(Set.of(conversationId));
        return conversations.find(conversationId).flatMap(this::describe);
    }

    /**
     * Creates the conversation unless it exists.
     *
     * <p>The conversation's document lists the initial members until they are stored, so the conversation is never
     * visible without them. A repeated call completes a creation that a crash interrupted.
     */
    Conversation create(NewConversation wanted, Instant now) {
        previews.flush(Set.of(wanted.conversationId()));
        Document stored = Failures.writing(() -> conversations.create(wanted, now));
        return Failures.afterWrite(() -> {
            membership.complete(stored);
            return describe(stored).orElseThrow(() -> ChatException.of(ErrorCode.CONFLICT));
        });
    }

    /** Updates the conversation. Returns empty if it does not exist. */
    Optional<Conversation> update(ConversationUpdate update) {
        previews.flush(Set.of(update.conversationId()));
        Optional<Document> stored = Failures.writing(() -> conversations.update(update));
        return Failures.afterWrite(() -> stored.flatMap(this::describe));
    }

    private Optional<Conversation> describe(Document stored) {
        String conversationId = stored.getString(DocumentFields.ID);
        List<Member> all = membership.of(stored);
        long newest = log.newestSeq(conversationId);
        return reader.read(stored, document -> ConversationFields.read(document, all, newest, clock.instant()));
    }

    /** Returns a page of the user's conversations. Only direct ones include their members. */
    List<Conversation> page(ConversationQuery query) {
        List<String> conversationIds = members.conversationsOf(query.userId()).stream()
                .filter(query::includes)
                .toList();
        previews.flush(conversationIds);
        List<Document> page =
                reader.page(query.limit(), limit -> conversations.page(conversationIds, query, limit), this::readable);
        Map<String, List<Member>> pairs = members.ofConversations(page.stream()
                .filter(stored -> ConversationFields.kind(stored) == ConversationKind.DIRECT)
                .map(stored -> stored.getString(DocumentFields.ID))
                .toList());
        return page.stream()
                .map(stored -> summarize(stored, pairs.getOrDefault(stored.getString(DocumentFields.ID), List.of())))
                .toList();
    }

    /** Returns the document itself; throws if it is malformed, so that the reader skips it. */
    private Document readable(Document stored) {
        summarize(stored, List.of());
        return stored;
    }

    private Conversation summarize(Document stored, List<Member> pair) {
        List<Member> shown = ConversationFields.kind(stored) == ConversationKind.DIRECT
                ? Membership.union(Membership.initialMembers(stored), pair)
                : pair;
        return ConversationFields.read(
                stored, shown, allocator.highestSeen(stored.getString(DocumentFields.ID)), clock.instant());
    }

    /**
     * Adds the users who are not members yet. Stores their receipts first; otherwise a crash could leave a member with
     * all earlier messages unread.
     */
    void addMembers(String conversationId, Set<String> userIds, Instant now) {
        Optional<Head> head = conversations.head(conversationId);
        Set<String> joining = head.isEmpty() ? Set.of() : membership.nonMembers(conversationId, userIds);
        if (joining.isEmpty()) {
            return;
        }
        long seq = position(conversationId, head.orElseThrow()).seq();
        Failures.writing(() -> receipts.raise(map(joining, userId -> Receipt.read(conversationId, userId, seq, now))));
        Failures.afterWrite(() -> {
            preferences.clearUnread(conversationId, joining);
            membership.add(conversationId, map(joining, userId -> new Member(userId, Role.MEMBER, now)));
        });
    }

    private static <T> List<T> map(Set<String> userIds, Function<String, T> mapping) {
        return userIds.stream().map(mapping).toList();
    }

    /** Removes messages. Records the highest sequence number first, so that it is not assigned again. */
    void trim(String conversationId, long upToSeq) {
        log.newest(conversationId).map(StoredMessage::message).ifPresent(newest -> {
            MessagePreview last = MessagePreview.of(newest);
            Failures.writing(() ->
                    conversations.raise(Map.of(conversationId, newest.seq() > upToSeq ? last : last.withoutContent())));
            Failures.afterWrite(() -> log.removeUpTo(conversationId, Math.min(upToSeq, newest.seq())));
        });
    }
}
