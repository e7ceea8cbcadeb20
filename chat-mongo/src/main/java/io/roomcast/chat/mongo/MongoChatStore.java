package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterType;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKinds;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in MongoDB 4.2 or later, in the collections {@code messages}, {@code changes}, {@code conversations},
 * {@code members}, {@code receipts}, {@code preferences}, {@code followers}, {@code calls} and {@code meta} of one database.
 *
 * <p>Messages are written with write concern majority, and read from the primary with read concern majority, whatever
 * the client's own settings are. Any number of nodes may use one database.
 *
 * <p>A write fails with {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE} if nothing was stored, and with
 * {@link io.roomcast.chat.model.ErrorCode#TIMEOUT} if it may be stored, as a whole or in part. A draft may be retried
 * under the same idempotency key after both. A change that fails with {@code TIMEOUT} may still be completed, at the
 * latest by the conversation's next change.
 *
 * <p>A batch of messages costs one command. Previews, the newest messages that lists show, are written half a second
 * later, many in one command. If this node has not used a conversation for ten minutes, the next message costs one
 * additional read. In a conversation whose messages expire, each batch reads the conversation first and writes its
 * preview before the acknowledgement.
 *
 * <p>Messages that expired or were trimmed keep their documents for an hour, so that no node assigns their sequence
 * numbers again. A trimmed message's document no longer contains what its sender wrote. The clocks of nodes and database may therefore
 * differ by up to ten minutes.
 *
 * <p>A write fails after 5 s if no majority acknowledges it. A read fails after 5 s if the server is still executing it.
 * If the client has no read timeout, every command fails after 10 s, and a warning is logged at startup.
 *
 * <p>On a sharded cluster, shard the collections before the first start. These {@code mongosh} commands do so for a
 * database {@code chat}; the file {@code shard.js} beside this class does so for any database:
 *
 * <pre>{@code
 * sh.enableSharding("chat");
 * sh.shardCollection("chat.messages", { conversationId: "hashed" });
 * sh.shardCollection("chat.changes", { conversationId: "hashed" });
 * sh.shardCollection("chat.receipts", { conversationId: "hashed" });
 * sh.shardCollection("chat.conversations", { _id: "hashed" });
 * sh.shardCollection("chat.members", { userId: "hashed" });
 * sh.shardCollection("chat.preferences", { userId: "hashed" });
 * sh.shardCollection("chat.followers", { conversationId: "hashed" });
 * sh.shardCollection("chat.devices", { _id: "hashed" });
 * sh.shardCollection("chat.pushes", { _id: "hashed" });
 * sh.shardCollection("chat.calls", { _id: "hashed" });
 * }</pre>
 *
 * <p>Safe for use by several threads. Every method may block for as long as these limits and the client's timeouts
 * allow.
 */
public final class MongoChatStore implements ChatStore {
    // No attempt begins later. The last one may take as long as the client's timeouts allow.
    private static final Duration WRITE_BUDGET = Duration.ofSeconds(2);

    private static final Duration DEFAULT_COMMAND_LIMIT = Duration.ofSeconds(10);

    // All nodes make the changes of one conversation one after another, in several steps each.
    private static final Duration CHANGE_BUDGET = Duration.ofSeconds(5);

    private final ChatDatabase database;
    private final Options options;
    private final DatabaseIdentity identity;
    private final MessageLog log;
    private final MentionDocuments mentions;
    private final ChangeLog changes;
    private final ConversationDocuments conversations;
    private final Membership membership;
    private final ReceiptDocuments receipts;
    private final PreferenceDocuments preferences;
    private final FollowerDocuments followers;
    private final DeviceDocuments devices;
    private final CallDocuments calls;
    private final Activity activity;
    private final Previews previews;
    private final SequenceAllocator allocator;
    private final Directory directory;
    private final Purge purge;

    private MongoChatStore(ChatDatabase database, Options options, DatabaseIdentity identity) {
        this.database = database;
        this.options = options;
        this.identity = identity;
        this.log = new MessageLog(database.messages(), options.clock());
        this.changes = new ChangeLog(database.changes(), options.clock());
        this.conversations = new ConversationDocuments(database.conversations());
        Members members = new Members(database.members());
        this.mentions = new MentionDocuments(database.messages(), members, options.clock());
        this.membership = new Membership(conversations, members, options.clock());
        this.receipts = new ReceiptDocuments(database.receipts());
        this.preferences = new PreferenceDocuments(database.preferences());
        this.followers = new FollowerDocuments(database.followers());
        this.devices = new DeviceDocuments(database);
        this.calls = new CallDocuments(database.calls());
        this.activity = new Activity(database);
        this.previews = new Previews(conversations, options.previewDelay());
        this.allocator = new SequenceAllocator(log, conversations, options.clock());
        this.directory = new Directory(
                conversations, members, membership, receipts, preferences, log, allocator, previews, options.clock());
        this.purge = new Purge(database, conversations, options.clock(), options.purgeDelay()).start();
    }

    /**
     * Connects to a database, and creates missing collections and indexes. Blocks until they exist.
     *
     * <p>Unless the connection string sets other timeouts, the driver searches for a server for 3 s, and waits 2 s for a
     * connection and 1.5 s for a reply. So every call ends within about 5 s if the database cannot be reached, and an
     * append within 6 s if the database accepts connections but does not reply. Closing the store closes the
     * connections.
     *
     * @param uri the connection string with the database's name, such as {@code mongodb://localhost:27017/chat}
     * @throws IllegalArgumentException if the string is malformed or names no database
     * @throws IllegalStateException if the database cannot be reached or used; the message is one line that names the
     *     hosts and contains no credential
     */
    public static MongoChatStore connect(String uri) {
        MongoUri address = MongoUri.parse(requireNonNull(uri, "uri"));
        MongoClient client = MongoClients.create(address.settings());
        try {
            return new Builder(client).database(address.database()).build(client::close);
        } catch (RuntimeException failure) {
            client.close();
            throw failure;
        }
    }

    /**
     * Returns a builder of a store that uses the host's own client. The client's timeouts limit how long a call blocks.
     *
     * @param client the client, which the store does not close
     */
    public static Builder builder(MongoClient client) {
        return new Builder(requireNonNull(client, "client"));
    }

    @Override
    public String epoch() {
        return identity.epoch();
    }

    @Override
    public Optional<byte[]> clusterKey() {
        return Optional.of(identity.clusterKey().getData().clone());
    }

    @Override
    public List<AppendResult> append(List<MessageDraft> drafts) {
        return new AppendOperation(
                        log, allocator, previews, new RetryBudget(WRITE_BUDGET), options.onePerConversation(), drafts)
                .run();
    }

    @Override
    public List<Message> history(HistoryQuery query) {
        return Failures.translating(() -> log.history(query));
    }

    @Override
    public Optional<Message> message(String conversationId, String messageId) {
        return Failures.translating(() -> log.find(conversationId, messageId).map(StoredMessage::message));
    }

    @Override
    public List<Message> mentions(MentionQuery query) {
        return Failures.translating(() -> mentions.page(query));
    }

    @Override
    public List<Long> countMentions(List<MentionCountQuery> queries) {
        return Failures.translating(() -> mentions.count(queries));
    }

    @Override
    public ChangeResult change(Change change) {
        ChangeOperation operation =
                new ChangeOperation(log, changes, conversations, new RetryBudget(WRITE_BUDGET, CHANGE_BUDGET), change);
        return Failures.translating(operation::run);
    }

    @Override
    public List<Message> pins(String conversationId) {
        return Failures.translating(() -> log.pinned(conversationId, conversations.pins(conversationId)));
    }

    @Override
    public Position position(String conversationId) {
        return Failures.translating(() -> directory.position(conversationId));
    }

    @Override
    public Map<String, Position> positions(Collection<String> conversationIds) {
        return Failures.translating(() -> directory.positions(conversationIds));
    }

    @Override
    public List<CatchUp> catchUp(List<CatchUpQuery> queries) {
        return Failures.translating(() -> new CatchUpOperation(log, changes, conversations, queries).run());
    }

    @Override
    public void trim(String conversationId, long upToSeq) {
        Failures.translating(() -> directory.trim(conversationId, upToSeq));
    }

    @Override
    public void noteHead(String conversationId, long seq) {
        allocator.noted(conversationId, seq);
    }

    @Override
    public Optional<Conversation> conversation(String conversationId) {
        return Failures.translating(() -> directory.find(conversationId));
    }

    @Override
    public List<Conversation> conversations(ConversationQuery query) {
        return Failures.translating(() -> directory.page(query));
    }

    @Override
    public Conversation create(NewConversation wanted) {
        return Failures.translating(() -> directory.create(wanted, now()));
    }

    @Override
    public Optional<Conversation> update(ConversationUpdate update) {
        return Failures.translating(() -> directory.update(update));
    }

    @Override
    public void addMembers(String conversationId, Set<String> userIds) {
        Failures.translating(() -> directory.addMembers(conversationId, userIds, now()));
    }

    @Override
    public void removeMember(String conversationId, String userId) {
        Failures.translating(() -> membership.remove(conversationId, userId));
    }

    @Override
    public boolean changeRole(String conversationId, String userId, Role role) {
        return Failures.translating(() -> membership.changeRole(conversationId, userId, role));
    }

    @Override
    public boolean delete(String conversationId) {
        boolean isDeleted = Failures.writing(() -> conversations.delete(conversationId, now()));
        allocator.forget(conversationId);
        purge.deleted();
        return isDeleted;
    }

    @Override
    public ConversationKinds kinds(Collection<String> conversationIds) {
        return Failures.translating(() -> conversations.kinds(conversationIds));
    }

    @Override
    public List<Member> members(String conversationId) {
        return Failures.translating(() -> membership.of(conversationId));
    }

    @Override
    public Map<String, Member> membershipsOf(String userId, Collection<String> conversationIds) {
        return Failures.translating(() -> membership.of(userId, conversationIds));
    }

    @Override
    public Set<String> sharing(String userId, Collection<String> others) {
        return Failures.translating(() -> membership.sharing(userId, others));
    }

    @Override
    public Optional<Member> member(String conversationId, String userId) {
        return Failures.translating(() -> membership.find(conversationId, userId));
    }

    @Override
    public void mark(Collection<Receipt> raised) {
        Failures.writing(() -> receipts.raise(raised));
    }

    @Override
    public List<Receipt> receipts(ReceiptQuery query) {
        return Failures.translating(() -> receipts.page(query));
    }

    @Override
    public List<Receipt> receipts(Collection<String> conversationIds, int users) {
        return Failures.translating(() -> receipts.firstPages(conversationIds, users));
    }

    @Override
    public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
        return Failures.translating(() -> receipts.of(userId, conversationIds));
    }

    @Override
    public Privacy changePrivacy(PrivacyUpdate update) {
        return Failures.writing(() -> preferences.change(update));
    }

    @Override
    public Preferences changePreferences(PreferencesUpdate update) {
        return Failures.writing(() -> preferences.change(update));
    }

    @Override
    public Map<String, Preferences> preferences(String userId, Collection<String> conversationIds) {
        return Failures.translating(() -> preferences.of(userId, conversationIds));
    }

    @Override
    public Map<String, UserSettings> settings(Collection<String> userIds) {
        return Failures.translating(() -> preferences.settings(userIds));
    }

    @Override
    public List<FollowerState> followerStates(String follower, Collection<String> conversationIds) {
        return Failures.translating(() -> followers.of(follower, conversationIds));
    }

    @Override
    public boolean saveFollowerState(@Nullable FollowerState before, FollowerState after) {
        return Failures.writing(() -> followers.save(before, after));
    }

    @Override
    public List<FollowerState> dueFollowerStates(String follower, Instant now, int limit) {
        return Failures.translating(() -> followers.due(follower, now, limit));
    }

    @Override
    public void activeConversations(Instant since, Consumer<String> action) {
        Failures.translating(() -> activity.since(since, action));
    }

    @Override
    public Position positionAt(String conversationId, Instant time) {
        return Failures.translating(() -> activity.before(conversationId, time));
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
        ping();
        Failures.afterWrite(() -> new Erasure(database, conversations, options.clock(), userId).run());
    }

    private Instant now() {
        return options.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void ping() {
        Failures.translating(database::ping);
    }

    @Override
    public void close() {
        purge.close();
        previews.close();
        options.onClose().run();
    }

    private record Options(
            Clock clock, Duration previewDelay, Duration purgeDelay, boolean onePerConversation, Runnable onClose) {}

    /** Builds a store that uses a host's client. Not safe for use by several threads. */
    public static final class Builder {
        /** The default of {@link #database}: {@value}. */
        public static final String DEFAULT_DATABASE = "chat";

        private final MongoClient client;
        private String database = DEFAULT_DATABASE;
        private Clock clock = Clock.systemUTC();
        private Duration previewDelay = Previews.DELAY;
        private Duration purgeDelay = Purge.DELAY;
        private Duration commandLimit = DEFAULT_COMMAND_LIMIT;

        @Nullable
        private Boolean onePerConversation;

        private Builder(MongoClient client) {
            this.client = client;
        }

        /**
         * Sets the database's name. The default is {@value #DEFAULT_DATABASE}.
         *
         * @param name not empty, without spaces, dots, slashes, backslashes and quotes
         * @throws IllegalArgumentException if MongoDB does not allow the name
         */
        public Builder database(String name) {
            MongoNamespace.checkDatabaseNameValidity(name);
            this.database = name;
            return this;
        }

        /**
         * Sets the clock for the times at which conversations are created, members join and messages expire. The default
         * is the system's clock.
         */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Sets the delay between a message and the write of its preview. */
        Builder previewDelay(Duration previewDelay) {
            this.previewDelay = previewDelay;
            return this;
        }

        /** Sets the delay before records of deleted conversations are removed, after the start and after a failure. */
        Builder purgeDelay(Duration purgeDelay) {
            this.purgeDelay = purgeDelay;
            return this;
        }

        /** Sets the time limit of each command of a client without timeouts. */
        Builder commandLimit(Duration commandLimit) {
            this.commandLimit = commandLimit;
            return this;
        }

        /** Sets whether to append as on a sharded cluster. The default depends on the cluster. */
        Builder onePerConversation(boolean onePerConversation) {
            this.onePerConversation = onePerConversation;
            return this;
        }

        /**
         * Opens the store. Creates missing collections and indexes, and migrates a database that an older release wrote.
         * Blocks meanwhile; on a large collection both take long, and the log shows the progress.
         *
         * @throws IllegalStateException if the database cannot be reached or used, if only a newer release can read it,
         *     if its collections belong to another program, if an existing index conflicts with a required one, or if the
         *     user may not create a missing index; the message is one line that contains no credential
         */
        public MongoChatStore build() {
            return build(() -> {});
        }

        private MongoChatStore build(Runnable onClose) {
            ChatDatabase chat = Startup.limited(client, ChatDatabase.of(client.getDatabase(database)), commandLimit);
            DatabaseIdentity identity = Startup.prepare(client, chat, clock);
            return new MongoChatStore(
                    chat, new Options(clock, previewDelay, purgeDelay, onePerConversation(), onClose), identity);
        }

        private boolean onePerConversation() {
            return onePerConversation != null
                    ? onePerConversation
                    : client.getClusterDescription().getType() == ClusterType.SHARDED;
        }
    }
}
