package io.roomcast.chat.spi;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One conversation's messages and members; safe for use by several threads, locked by itself. */
final class InMemoryConversation {
    private record Key(String senderId, String clientMessageId) {}

    private final String conversationId;
    private final ConversationKind kind;

    @Nullable
    private final String title;

    private final Instant createdAt;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final Map<Key, Message> byKey = new HashMap<>();

    private InMemoryConversation(
            String conversationId, ConversationKind kind, @Nullable String title, Instant createdAt) {
        this.conversationId = conversationId;
        this.kind = kind;
        this.title = title;
        this.createdAt = createdAt;
    }

    static InMemoryConversation open(String conversationId, Instant now) {
        return new InMemoryConversation(conversationId, ConversationKind.OPEN, null, now);
    }

    static InMemoryConversation of(NewConversation wanted, Instant now) {
        InMemoryConversation made =
                new InMemoryConversation(wanted.conversationId(), wanted.kind(), wanted.title(), now);
        for (int i = 0; i < wanted.memberIds().size(); i++) {
            String userId = wanted.memberIds().get(i);
            made.members.put(userId, new Member(userId, wanted.roleOf(i), now));
        }
        return made;
    }

    synchronized AppendResult append(MessageDraft draft) {
        Key key = new Key(draft.senderId(), draft.clientMessageId());
        Message stored = byKey.get(key);
        if (stored != null) {
            return new AppendResult.Duplicate(stored);
        }
        Message message = draft.at(messages.size() + 1L);
        messages.add(message);
        byKey.put(key, message);
        return new AppendResult.Stored(message);
    }

    synchronized List<Message> history(HistoryQuery query) {
        return switch (query.anchor()) {
            case LATEST -> before(messages.size(), query.limit());
            case BEFORE -> before(Math.min(query.seq() - 1, messages.size()), query.limit());
            case AFTER -> range(query.seq(), query.seq() + query.limit());
            case AROUND -> range(query.aroundFrom() - 1, query.aroundFrom() - 1 + query.limit());
        };
    }

    private List<Message> before(long end, int limit) {
        return range(end - limit, end);
    }

    private List<Message> range(long from, long to) {
        int first = (int) Math.min(Math.max(0, from), messages.size());
        int last = (int) Math.min(Math.max(first, to), messages.size());
        return List.copyOf(messages.subList(first, last));
    }

    synchronized Position position() {
        return new Position(messages.size(), 0);
    }

    synchronized Conversation describe() {
        return new Conversation(conversationId, kind, title, List.copyOf(members.values()), createdAt, position());
    }

    synchronized void addMembers(Set<String> userIds, Instant now) {
        for (String userId : userIds) {
            members.putIfAbsent(userId, new Member(userId, Role.MEMBER, now));
        }
    }

    synchronized void removeMember(String userId) {
        members.remove(userId);
    }

    synchronized boolean isMember(String userId) {
        return members.containsKey(userId);
    }
}
