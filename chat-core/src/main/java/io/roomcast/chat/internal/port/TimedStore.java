package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
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
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures the calls of a store, each under the name of its method, and logs unexpected failures. Safe for use by any thread. */
final class TimedStore implements ChatStore {
    private final HostPort port = new HostPort("store");
    private final ChatStore store;
    private final ChatMetrics metrics;
    private final LongSupplier nanos;
    private final DeviceStore devices;
    private final CallStore calls;

    TimedStore(ChatStore store, ChatMetrics metrics, LongSupplier nanos) {
        this.store = store;
        this.metrics = metrics;
        this.nanos = nanos;
        this.devices = new TimedParts.Devices(store, this::timed);
        this.calls = new TimedParts.Calls(store, this::timed);
    }

    /** Returns the store, which reports its calls to the given metrics. */
    public static ChatStore of(ChatStore store, ChatMetrics metrics) {
        return new TimedStore(store, metrics, System::nanoTime);
    }

    @Override
    public List<AppendResult> append(List<MessageDraft> drafts) {
        long startedAt = nanos.getAsLong();
        try {
            List<AppendResult> results = store.append(drafts);
            report("append", startedAt, firstFailure(results));
            return results;
        } catch (Throwable failure) {
            throw failed("append", startedAt, failure);
        }
    }

    private static @Nullable ErrorCode firstFailure(List<AppendResult> results) {
        for (AppendResult result : results) {
            if (result instanceof AppendResult.Failed failed) {
                return failed.cause().code();
            }
        }
        return null;
    }

    private <T> T timed(String operation, Supplier<T> call) {
        long startedAt = nanos.getAsLong();
        try {
            T result = call.get();
            report(operation, startedAt, null);
            return result;
        } catch (Throwable failure) {
            throw failed(operation, startedAt, failure);
        }
    }

    private void timed(String operation, Runnable call) {
        timed(operation, () -> {
            call.run();
            return operation;
        });
    }

    private ChatException failed(String operation, long startedAt, Throwable failure) {
        ChatException refusal = port.refusal(failure);
        report(operation, startedAt, refusal.code());
        return refusal;
    }

    private void report(String operation, long startedAt, @Nullable ErrorCode failure) {
        metrics.onStoreCall(operation, Duration.ofNanos(nanos.getAsLong() - startedAt), failure);
    }

    @Override
    public List<Message> history(HistoryQuery query) {
        return timed("history", () -> store.history(query));
    }

    @Override
    public Optional<Message> message(String conversationId, String messageId) {
        return timed("message", () -> store.message(conversationId, messageId));
    }

    @Override
    public List<Message> mentions(MentionQuery query) {
        return timed("mentions", () -> store.mentions(query));
    }

    @Override
    public List<Long> countMentions(List<MentionCountQuery> queries) {
        return timed("countMentions", () -> store.countMentions(queries));
    }

    @Override
    public ChangeResult change(Change change) {
        return timed("change", () -> store.change(change));
    }

    @Override
    public List<Message> pins(String conversationId) {
        return timed("pins", () -> store.pins(conversationId));
    }

    @Override
    public Position position(String conversationId) {
        return timed("position", () -> store.position(conversationId));
    }

    @Override
    public Map<String, Position> positions(Collection<String> conversationIds) {
        return timed("positions", () -> store.positions(conversationIds));
    }

    @Override
    public List<CatchUp> catchUp(List<CatchUpQuery> queries) {
        return timed("catchUp", () -> store.catchUp(queries));
    }

    @Override
    public void trim(String conversationId, long upToSeq) {
        timed("trim", () -> store.trim(conversationId, upToSeq));
    }

    @Override
    public Optional<Conversation> conversation(String conversationId) {
        return timed("conversation", () -> store.conversation(conversationId));
    }

    @Override
    public List<Conversation> conversations(ConversationQuery query) {
        return timed("conversations", () -> store.conversations(query));
    }

    @Override
    public Conversation create(NewConversation conversation) {
        return timed("create", () -> store.create(conversation));
    }

    @Override
    public Optional<Conversation> update(ConversationUpdate update) {
        return timed("update", () -> store.update(update));
    }

    @Override
    public void addMembers(String conversationId, Set<String> userIds) {
        timed("addMembers", () -> store.addMembers(conversationId, userIds));
    }

    @Override
    public void removeMember(String conversationId, String userId) {
        timed("removeMember", () -> store.removeMember(conversationId, userId));
    }

    @Override
    public boolean changeRole(String conversationId, String userId, Role role) {
        return timed("changeRole", () -> store.changeRole(conversationId, userId, role));
    }

    @Override
    public boolean delete(String conversationId) {
        return timed("delete", () -> store.delete(conversationId));
    }

    @Override
    public ConversationKinds kinds(Collection<String> conversationIds) {
        return timed("kinds", () -> store.kinds(conversationIds));
    }

    @Override
    public List<Member> members(String conversationId) {
        return timed("members", () -> store.members(conversationId));
    }

    @Override
    public Map<String, Member> membershipsOf(String userId, Collection<String> conversationIds) {
        return timed("membershipsOf", () -> store.membershipsOf(userId, conversationIds));
    }

    @Override
    public Set<String> sharing(String userId, Collection<String> others) {
        return timed("sharing", () -> store.sharing(userId, others));
    }

    @Override
    public Optional<Member> member(String conversationId, String userId) {
        return timed("member", () -> store.member(conversationId, userId));
    }

    @Override
    public boolean isMember(String conversationId, String userId) {
        return timed("isMember", () -> store.isMember(conversationId, userId));
    }

    @Override
    public void mark(Collection<Receipt> receipts) {
        timed("mark", () -> store.mark(receipts));
    }

    @Override
    public List<Receipt> receipts(ReceiptQuery query) {
        return timed("receipts", () -> store.receipts(query));
    }

    @Override
    public List<Receipt> receipts(Collection<String> conversationIds, int users) {
        return timed("receipts", () -> store.receipts(conversationIds, users));
    }

    @Override
    public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
        return timed("receiptsOf", () -> store.receiptsOf(userId, conversationIds));
    }

    @Override
    public void eraseUser(String userId) {
        timed("eraseUser", () -> store.eraseUser(userId));
    }

    @Override
    public Privacy changePrivacy(PrivacyUpdate update) {
        return timed("changePrivacy", () -> store.changePrivacy(update));
    }

    @Override
    public Preferences changePreferences(PreferencesUpdate update) {
        return timed("changePreferences", () -> store.changePreferences(update));
    }

    @Override
    public Map<String, Preferences> preferences(String userId, Collection<String> conversationIds) {
        return timed("preferences", () -> store.preferences(userId, conversationIds));
    }

    @Override
    public Map<String, UserSettings> settings(Collection<String> userIds) {
        return timed("settings", () -> store.settings(userIds));
    }

    @Override
    public List<FollowerState> followerStates(String follower, Collection<String> conversationIds) {
        return timed("followerStates", () -> store.followerStates(follower, conversationIds));
    }

    @Override
    public boolean saveFollowerState(@Nullable FollowerState before, FollowerState after) {
        return timed("saveFollowerState", () -> store.saveFollowerState(before, after));
    }

    @Override
    public List<FollowerState> dueFollowerStates(String follower, Instant now, int limit) {
        return timed("dueFollowerStates", () -> store.dueFollowerStates(follower, now, limit));
    }

    @Override
    public void activeConversations(Instant since, Consumer<String> action) {
        timed("activeConversations", () -> store.activeConversations(since, action));
    }

    @Override
    public Position positionAt(String conversationId, Instant time) {
        return timed("positionAt", () -> store.positionAt(conversationId, time));
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
    public void ping() {
        timed("ping", store::ping);
    }

    @Override
    public String epoch() {
        try {
            return store.epoch();
        } catch (Throwable failure) {
            throw port.refusal(failure);
        }
    }

    @Override
    public Optional<byte[]> clusterKey() {
        try {
            return store.clusterKey();
        } catch (Throwable failure) {
            throw port.refusal(failure);
        }
    }

    @Override
    public void noteHead(String conversationId, long seq) {
        port.run(() -> store.noteHead(conversationId, seq));
    }

    @Override
    public void close() {
        store.close();
    }
}
