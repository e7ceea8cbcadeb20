package io.roomcast.chat.spi;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A map of conversations, each of which locks itself. */
final class InMemoryChatStore implements ChatStore {
    private final ConcurrentHashMap<String, InMemoryConversation> conversations = new ConcurrentHashMap<>();
    private final String epoch = UUID.randomUUID().toString();
    private final Clock clock;

    InMemoryChatStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<AppendResult> append(List<MessageDraft> drafts) {
        return drafts.stream().map(this::append).toList();
    }

    private AppendResult append(MessageDraft draft) {
        return conversations
                .computeIfAbsent(draft.conversationId(), id -> InMemoryConversation.open(id, draft.createdAt()))
                .append(draft);
    }

    @Override
    public List<Message> history(HistoryQuery query) {
        return find(query.conversationId()).map(found -> found.history(query)).orElse(List.of());
    }

    @Override
    public Position position(String conversationId) {
        return find(conversationId).map(InMemoryConversation::position).orElse(Position.START);
    }

    @Override
    public Optional<Conversation> conversation(String conversationId) {
        return find(conversationId).map(InMemoryConversation::describe);
    }

    @Override
    public Conversation create(NewConversation wanted) {
        return conversations
                .computeIfAbsent(
                        wanted.conversationId(),
                        id -> InMemoryConversation.of(wanted, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .describe();
    }

    @Override
    public void addMembers(String conversationId, Set<String> userIds) {
        find(conversationId)
                .ifPresent(found -> found.addMembers(userIds, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    @Override
    public void removeMember(String conversationId, String userId) {
        find(conversationId).ifPresent(found -> found.removeMember(userId));
    }

    @Override
    public boolean isMember(String conversationId, String userId) {
        return find(conversationId).map(found -> found.isMember(userId)).orElse(false);
    }

    private Optional<InMemoryConversation> find(String conversationId) {
        return Optional.ofNullable(conversations.get(conversationId));
    }

    @Override
    public void ping() {}

    @Override
    public void close() {}
}
