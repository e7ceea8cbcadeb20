package io.roomcast.chat.spi;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores one conversation. Safe for use by any thread. */
final class InMemoryConversation {
    private final NewConversation made;
    private final Instant createdAt;
    private final Clock clock;
    private final InMemoryLimits limits;
    private final InMemoryMemberships memberships;
    private final InMemoryReceipts receipts;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final InMemoryLog log = new InMemoryLog();

    @Nullable
    private String title;

    @Nullable
    private String metadata;

    private Instant updatedAt;

    @Nullable
    private MessagePreview lastMessage;

    InMemoryConversation(
            NewConversation made,
            Instant now,
            Clock clock,
            InMemoryLimits limits,
            InMemoryMemberships memberships,
            InMemoryReceipts receipts) {
        this.made = made;
        this.createdAt = now;
        this.clock = clock;
        this.limits = limits;
        this.memberships = memberships;
        this.receipts = receipts;
        this.title = made.title();
        this.metadata = made.metadata();
        this.updatedAt = now;
        for (int i = 0; i < made.memberIds().size(); i++) {
            String userId = made.memberIds().get(i);
            members.put(userId, new Member(userId, made.roleOf(i), now));
            memberships.add(userId, made.conversationId());
        }
    }

    synchronized AppendResult append(MessageDraft draft) {
        AppendResult result = log().append(
                        made.retention() == null
                                ? draft
                                : draft.expiringBy(draft.createdAt().plus(made.retention())));
        if (result instanceof AppendResult.Stored stored) {
            lastMessage = MessagePreview.of(stored.message());
            log.forgetAllBut(limits.messages());
        }
        return result;
    }

    synchronized ChangeResult change(Change change) {
        ChangeResult result = log().change(change);
        if (lastMessage != null && lastMessage.id().equals(change.messageId())) {
            lastMessage = MessagePreview.of(result.message());
        }
        return result;
    }

    synchronized List<Message> history(HistoryQuery query) {
        return log().history(query);
    }

    synchronized Optional<Message> message(String messageId) {
        return log().message(messageId);
    }

    /** Returns the messages that mention the user; those that mention all members only if the user is one. */
    synchronized List<Message> mentions(String userId) {
        return log().mentions(userId, 0)
                .filter(message ->
                        members.containsKey(userId) || message.body().mentions().contains(userId))
                .toList();
    }

    synchronized long countMentions(MentionCountQuery query) {
        return log().mentions(query.userId(), query.afterSeq()).count();
    }

    synchronized List<Message> pins() {
        return log().pins();
    }

    synchronized Position position() {
        return log.position();
    }

    synchronized Position positionAt(Instant time) {
        return log.positionAt(time);
    }

    /** Returns whether a message or a change is not older than a time. */
    synchronized boolean isActiveSince(Instant time) {
        return log.isActiveSince(time);
    }

    synchronized CatchUp catchUp(CatchUpQuery query) {
        return log().catchUp(query);
    }

    synchronized void trim(long upToSeq) {
        log.forgetUpTo(upToSeq);
    }

    /** Removes expired messages. Returns when the next one expires. */
    synchronized Optional<Instant> removeExpired() {
        return log().nextExpiry();
    }

    /** Removes expired messages and returns the log. */
    private InMemoryLog log() {
        if (log.hasExpiring()) {
            log.forgetExpired(clock.instant());
        }
        if (!limits.age().equals(InMemoryLimits.NONE.age())) {
            log.forgetOlderThan(clock.instant().minus(limits.age()));
        }
        return log;
    }

    synchronized Conversation describe() {
        return describe(List.copyOf(members.values()));
    }

    /** Returns the conversation for a list, without the members of a group. */
    synchronized Conversation summarize() {
        return describe(made.kind() == ConversationKind.DIRECT ? List.copyOf(members.values()) : List.of());
    }

    private Conversation describe(List<Member> shown) {
        if (lastMessage != null && log().message(lastMessage.id()).isEmpty()) {
            lastMessage = lastMessage.withoutContent();
        }
        return new Conversation(
                made.conversationId(),
                made.kind(),
                title,
                shown,
                metadata,
                made.retention(),
                createdAt,
                updatedAt,
                log.position(),
                lastMessage);
    }

    synchronized Conversation update(ConversationUpdate update) {
        title = update.title() == null ? title : update.title();
        metadata = update.metadata() == null ? metadata : update.metadata();
        updatedAt = update.at();
        return describe();
    }

    /** Adds the users who are not members yet, and returns them. */
    synchronized Set<String> addMembers(Set<String> userIds, Instant now) {
        Set<String> added = new HashSet<>();
        for (String userId : userIds) {
            if (members.putIfAbsent(userId, new Member(userId, Role.MEMBER, now)) == null) {
                memberships.add(userId, made.conversationId());
                receipts.mark(Receipt.read(
                        made.conversationId(), userId, log.position().seq(), now));
                added.add(userId);
            }
        }
        return added;
    }

    synchronized void removeMember(String userId) {
        members.remove(userId);
        memberships.remove(userId, made.conversationId());
    }

    synchronized void removeMembers() {
        List.copyOf(members.keySet()).forEach(this::removeMember);
    }

    synchronized boolean changeRole(String userId, Role role) {
        return members.computeIfPresent(userId, (id, member) -> new Member(id, role, member.joinedAt())) != null;
    }

    ConversationKind kind() {
        return made.kind();
    }

    synchronized List<Member> members() {
        return List.copyOf(members.values());
    }

    synchronized List<String> sharing(String userId, Collection<String> others) {
        return members.containsKey(userId)
                ? others.stream().filter(members::containsKey).toList()
                : List.of();
    }

    synchronized Optional<Member> member(String userId) {
        return Optional.ofNullable(members.get(userId));
    }

    synchronized void erase(String userId, String erasedId, Instant now) {
        removeMember(userId);
        log.replaceAll(message -> message.withoutUser(userId, erasedId, now));
        if (lastMessage != null && lastMessage.senderId().equals(userId)) {
            lastMessage = log.newest().map(MessagePreview::of).orElse(null);
        }
    }
}
