package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationKinds;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.PrivacyUpdate;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Assigns sequence numbers and discards the messages, so that a long load does not fill the memory. */
final class NumberingStore implements ChatStore {
    private final ConcurrentHashMap<String, AtomicLong> heads = new ConcurrentHashMap<>();
    private final DeviceStore devices = ChatStore.inMemory().devices();
    private final CallStore calls = ChatStore.inMemory().calls();

    @Override
    public String epoch() {
        return "benchmark";
    }

    @Override
    public List<AppendResult> append(List<MessageDraft> drafts) {
        return drafts.stream().map(this::append).toList();
    }

    private AppendResult append(MessageDraft draft) {
        AtomicLong head = heads.computeIfAbsent(draft.conversationId(), id -> new AtomicLong());
        return new AppendResult.Stored(draft.at(head.incrementAndGet()));
    }

    @Override
    public List<Message> history(HistoryQuery query) {
        return List.of();
    }

    @Override
    public List<Message> pins(String conversationId) {
        return List.of();
    }

    @Override
    public Position position(String conversationId) {
        AtomicLong head = heads.get(conversationId);
        return head == null ? Position.START : new Position(head.get(), 0);
    }

    @Override
    public Optional<Conversation> conversation(String conversationId) {
        return Optional.empty();
    }

    @Override
    public Conversation create(NewConversation wanted) {
        return new Conversation(
                wanted.conversationId(),
                ConversationKind.OPEN,
                null,
                List.of(),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Position.START,
                null);
    }

    @Override
    public boolean delete(String conversationId) {
        return false;
    }

    @Override
    public ConversationKinds kinds(Collection<String> conversationIds) {
        return new ConversationKinds(Map.of(), Set.of());
    }

    @Override
    public void addMembers(String conversationId, Set<String> userIds) {}

    @Override
    public void removeMember(String conversationId, String userId) {}

    @Override
    public Optional<Message> message(String conversationId, String messageId) {
        return Optional.empty();
    }

    @Override
    public List<Message> mentions(MentionQuery query) {
        return List.of();
    }

    @Override
    public List<Long> countMentions(List<MentionCountQuery> queries) {
        return queries.stream().map(query -> 0L).toList();
    }

    @Override
    public ChangeResult change(Change change) {
        throw ChatException.of(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Override
    public List<CatchUp> catchUp(List<CatchUpQuery> queries) {
        return List.of();
    }

    @Override
    public void trim(String conversationId, long upToSeq) {}

    @Override
    public List<Conversation> conversations(ConversationQuery query) {
        return List.of();
    }

    @Override
    public Optional<Conversation> update(ConversationUpdate update) {
        return Optional.empty();
    }

    @Override
    public boolean changeRole(String conversationId, String userId, Role role) {
        return false;
    }

    @Override
    public Optional<Member> member(String conversationId, String userId) {
        return Optional.of(new Member(userId, Role.MEMBER, Instant.EPOCH));
    }

    @Override
    public void mark(Collection<Receipt> receipts) {}

    @Override
    public List<Receipt> receipts(ReceiptQuery query) {
        return List.of();
    }

    @Override
    public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
        return List.of();
    }

    @Override
    public Privacy changePrivacy(PrivacyUpdate update) {
        return Privacy.OPEN;
    }

    @Override
    public Preferences changePreferences(PreferencesUpdate update) {
        return Preferences.NONE;
    }

    @Override
    public Map<String, Preferences> preferences(String userId, Collection<String> conversationIds) {
        return Map.of();
    }

    @Override
    public Map<String, UserSettings> settings(Collection<String> userIds) {
        return Map.of();
    }

    @Override
    public List<FollowerState> followerStates(String follower, Collection<String> conversationIds) {
        return List.of();
    }

    @Override
    public boolean saveFollowerState(@Nullable FollowerState before, FollowerState after) {
        return true;
    }

    @Override
    public List<FollowerState> dueFollowerStates(String follower, Instant now, int limit) {
        return List.of();
    }

    @Override
    public void activeConversations(Instant since, Consumer<String> action) {}

    @Override
    public Position positionAt(String conversationId, Instant time) {
        return position(conversationId);
    }

    @Override
    public void eraseUser(String userId) {}

    @Override
    public DeviceStore devices() {
        return devices;
    }

    @Override
    public CallStore calls() {
        return calls;
    }

    @Override
    public void ping() {}

    @Override
    public void close() {}
}
