package io.roomcast.chat.spi;

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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores conversations in a map. Each conversation has a lock of its own. Safe for use by any thread. */
final class InMemoryChatStore implements ChatStore {
    private static final int CLUSTER_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Comparator<ConversationQuery.Cursor> MOST_ACTIVE_FIRST = Comparator.comparing(
                    ConversationQuery.Cursor::activeAt, Comparator.reverseOrder())
            .thenComparing(ConversationQuery.Cursor::conversationId);

    private static final Comparator<MentionQuery.Cursor> NEWEST_FIRST = Comparator.comparing(
                    MentionQuery.Cursor::createdAt)
            .thenComparing(MentionQuery.Cursor::messageId)
            .reversed();

    private final ConcurrentHashMap<String, InMemoryConversation> conversations = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, InMemoryReceipts> receipts = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    /** The conversations in which users were mentioned. */
    private final InMemoryMemberships mentioned = new InMemoryMemberships();

    private final InMemoryPreferences preferences = new InMemoryPreferences();
    private final InMemoryExpiries expiries = new InMemoryExpiries();
    private final InMemoryFollowers followers = new InMemoryFollowers();
    private final InMemoryDevices devices;
    private final InMemoryCalls calls = new InMemoryCalls();
    private final String epoch = UUID.randomUUID().toString();
    private final byte[] clusterKey = new byte[CLUSTER_KEY_BYTES];
    private final Clock clock;
    private final InMemoryLimits limits;

    InMemoryChatStore(Clock clock, InMemoryLimits limits) {
        this.clock = clock;
        this.limits = limits;
        this.devices = new InMemoryDevices(clock);
        RANDOM.nextBytes(clusterKey);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Optional<byte[]> clusterKey() {
        return Optional.of(clusterKey.clone());
    }

    @Override
    public List<AppendResult> append(List<MessageDraft> drafts) {
        expiries.takeDue(clock).forEach(this::removeExpired);
        return drafts.stream().map(this::append).toList();
    }

    private AppendResult append(MessageDraft draft) {
        draft.body().mentions().forEach(userId -> mentioned.add(userId, draft.conversationId()));
        InMemoryConversation found = open(NewConversation.open(draft.conversationId()), draft.createdAt());
        if (found == null) {
            return new AppendResult.Failed(ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND));
        }
        AppendResult result = found.append(draft);
        if (result instanceof AppendResult.Stored stored && stored.message().expiresAt() != null) {
            expiries.add(draft.conversationId(), stored.message().expiresAt());
        }
        return result;
    }

    private void removeExpired(String conversationId) {
        find(conversationId)
                .flatMap(InMemoryConversation::removeExpired)
                .ifPresent(next -> expiries.add(conversationId, next));
    }

    /** Returns the conversation, which is created if it does not exist. Returns null if it was deleted. */
    private @Nullable InMemoryConversation open(NewConversation wanted, Instant now) {
        return conversations.computeIfAbsent(
                wanted.conversationId(),
                id -> deleted.contains(id)
                        ? null
                        : new InMemoryConversation(wanted, now, clock, limits, memberships, receiptsIn(id)));
    }

    @Override
    public List<Message> history(HistoryQuery query) {
        return find(query.conversationId()).map(found -> found.history(query)).orElse(List.of());
    }

    @Override
    public Optional<Message> message(String conversationId, String messageId) {
        return find(conversationId).flatMap(found -> found.message(messageId));
    }

    @Override
    public List<Message> mentions(MentionQuery query) {
        return Stream.of(memberships, mentioned)
                .flatMap(index -> index.of(query.userId()).stream())
                .distinct()
                .flatMap(conversationId -> find(conversationId).stream())
                .flatMap(found -> found.mentions(query.userId()).stream())
                .filter(found ->
                        query.after() == null || NEWEST_FIRST.compare(MentionQuery.Cursor.of(found), query.after()) > 0)
                .sorted(Comparator.comparing(MentionQuery.Cursor::of, NEWEST_FIRST))
                .limit(query.limit())
                .toList();
    }

    @Override
    public List<Long> countMentions(List<MentionCountQuery> queries) {
        return queries.stream()
                .map(query -> find(query.conversationId())
                        .map(found -> found.countMentions(query))
                        .orElse(0L))
                .toList();
    }

    @Override
    public ChangeResult change(Change change) {
        return find(change.conversationId())
                .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND))
                .change(change);
    }

    @Override
    public List<Message> pins(String conversationId) {
        return find(conversationId).map(InMemoryConversation::pins).orElse(List.of());
    }

    @Override
    public Position position(String conversationId) {
        return find(conversationId).map(InMemoryConversation::position).orElse(Position.START);
    }

    @Override
    public List<CatchUp> catchUp(List<CatchUpQuery> queries) {
        return queries.stream().map(this::catchUp).toList();
    }

    private CatchUp catchUp(CatchUpQuery query) {
        return find(query.conversationId())
                .map(found -> found.catchUp(query))
                .orElseGet(() -> new CatchUp(
                        query.conversationId(),
                        List.of(),
                        Position.START,
                        false,
                        !query.after().equals(Position.START)));
    }

    @Override
    public void trim(String conversationId, long upToSeq) {
        find(conversationId).ifPresent(found -> found.trim(upToSeq));
    }

    @Override
    public Optional<Conversation> conversation(String conversationId) {
        return find(conversationId).map(InMemoryConversation::describe);
    }

    @Override
    public List<Conversation> conversations(ConversationQuery query) {
        return memberships.of(query.userId()).stream()
                .filter(query::includes)
                .flatMap(conversationId -> find(conversationId).stream())
                .filter(found -> found.member(query.userId()).isPresent())
                .map(InMemoryConversation::summarize)
                .filter(found -> query.after() == null || MOST_ACTIVE_FIRST.compare(found.cursor(), query.after()) > 0)
                .sorted(Comparator.comparing(Conversation::cursor, MOST_ACTIVE_FIRST))
                .limit(query.limit())
                .toList();
    }

    @Override
    public Conversation create(NewConversation wanted) {
        InMemoryConversation found = open(wanted, now());
        if (found == null) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return found.describe();
    }

    @Override
    public boolean delete(String conversationId) {
        boolean[] isFound = {false};
        conversations.computeIfPresent(conversationId, (id, found) -> {
            isFound[0] = true;
            deleted.add(id);
            found.removeMembers();
            return null;
        });
        if (isFound[0]) {
            receipts.remove(conversationId);
            preferences.remove(conversationId);
            followers.remove(conversationId);
            devices.removeConversation(conversationId);
            calls.remove(conversationId);
        }
        return isFound[0];
    }

    @Override
    public Optional<Conversation> update(ConversationUpdate update) {
        return find(update.conversationId()).map(found -> found.update(update));
    }

    @Override
    public void addMembers(String conversationId, Set<String> userIds) {
        find(conversationId)
                .ifPresent(found -> preferences.clearUnread(conversationId, found.addMembers(userIds, now())));
    }

    @Override
    public void removeMember(String conversationId, String userId) {
        find(conversationId).ifPresent(found -> found.removeMember(userId));
    }

    @Override
    public boolean changeRole(String conversationId, String userId, Role role) {
        return find(conversationId).map(found -> found.changeRole(userId, role)).orElse(false);
    }

    @Override
    public ConversationKinds kinds(Collection<String> conversationIds) {
        Map<String, ConversationKind> existing = new HashMap<>();
        conversationIds.forEach(id -> find(id).ifPresent(found -> existing.put(id, found.kind())));
        Set<String> known = new HashSet<>(conversationIds);
        known.retainAll(deleted);
        return new ConversationKinds(existing, known);
    }

    @Override
    public List<Member> members(String conversationId) {
        return find(conversationId).map(InMemoryConversation::members).orElse(List.of());
    }

    @Override
    public Set<String> sharing(String userId, Collection<String> others) {
        return memberships.of(userId).stream()
                .flatMap(conversationId -> find(conversationId).stream())
                .flatMap(found -> found.sharing(userId, others).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Member> member(String conversationId, String userId) {
        return find(conversationId).flatMap(found -> found.member(userId));
    }

    @Override
    public void mark(Collection<Receipt> marked) {
        marked.stream()
                .filter(receipt -> !deleted.contains(receipt.conversationId()))
                .forEach(receipt -> receiptsIn(receipt.conversationId()).mark(receipt));
    }

    private InMemoryReceipts receiptsIn(String conversationId) {
        return receipts.computeIfAbsent(conversationId, id -> new InMemoryReceipts());
    }

    @Override
    public List<Receipt> receipts(ReceiptQuery query) {
        InMemoryReceipts found = receipts.get(query.conversationId());
        return found == null ? List.of() : found.page(query);
    }

    @Override
    public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
        return conversationIds.stream()
                .distinct()
                .map(receipts::get)
                .filter(Objects::nonNull)
                .flatMap(found -> found.of(userId).stream())
                .toList();
    }

    @Override
    public Privacy changePrivacy(PrivacyUpdate update) {
        return preferences.change(update);
    }

    @Override
    public Preferences changePreferences(PreferencesUpdate update) {
        return preferences.change(update);
    }

    @Override
    public Map<String, Preferences> preferences(String userId, Collection<String> conversationIds) {
        return preferences.of(userId, conversationIds);
    }

    @Override
    public Map<String, UserSettings> settings(Collection<String> userIds) {
        return preferences.settings(userIds);
    }

    @Override
    public List<FollowerState> followerStates(String follower, Collection<String> conversationIds) {
        return followers.states(follower, conversationIds);
    }

    @Override
    public boolean saveFollowerState(@Nullable FollowerState before, FollowerState after) {
        return !deleted.contains(after.conversationId()) && followers.save(before, after);
    }

    @Override
    public List<FollowerState> dueFollowerStates(String follower, Instant now, int limit) {
        return followers.due(follower, now, limit);
    }

    @Override
    public void activeConversations(Instant since, Consumer<String> action) {
        conversations.forEach((conversationId, found) -> {
            if (found.isActiveSince(since)) {
                action.accept(conversationId);
            }
        });
    }

    @Override
    public Position positionAt(String conversationId, Instant time) {
        return find(conversationId).map(found -> found.positionAt(time)).orElse(Position.START);
    }

    @Override
    public DeviceStore devices() {
        return devices;
    }

    @Override
    public CallStore calls() {
        return calls;
    }

    @Override
    public void eraseUser(String userId) {
        preferences.erase(userId);
        devices.removeAll(userId);
        mentioned.forget(userId);
        String erasedId = "erased:" + UUID.randomUUID();
        Instant now = now();
        conversations.values().forEach(found -> found.erase(userId, erasedId, now));
        receipts.values().forEach(found -> found.erase(userId));
        calls.erase(userId, erasedId);
    }

    private Optional<InMemoryConversation> find(String conversationId) {
        return Optional.ofNullable(conversations.get(conversationId));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void ping() {}

    @Override
    public void close() {}
}
