package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store in MongoDB 4.2 or later, in the collections {@code messages}, {@code conversations}, {@code members} and
 * {@code meta} of one database.
 *
 * <p>Messages are written with write concern majority, and read from the primary with read concern majority, whatever
 * the client's own settings are. Any number of nodes may use one database. A draft that is not known to be stored fails
 * with {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE} if nothing of it can be stored, and with
 * {@link io.roomcast.chat.model.ErrorCode#TIMEOUT} if the outcome is unknown; both may be tried again under the same
 * key.
 *
 * <p>Safe for use by several threads. Every method may block, as long as the client's timeouts allow.
 */
public final class MongoChatStore implements ChatStore {
    // No try begins later; the last one takes as long as the client's own timeouts allow.
    private static final Duration APPEND_BUDGET = Duration.ofSeconds(2);

    private final ChatDatabase database;
    private final String epoch;
    private final Clock clock;
    private final Runnable onClose;
    private final MessageLog log;
    private final Members members;
    private final Conversations conversations;
    private final Places places;

    private MongoChatStore(ChatDatabase database, String epoch, Clock clock, Runnable onClose) {
        this.database = database;
        this.epoch = epoch;
        this.clock = clock;
        this.onClose = onClose;
        this.log = new MessageLog(database.messages());
        this.members = new Members(database.members());
        this.conversations = new Conversations(database.conversations(), members, log);
        this.places = new Places(log, conversations);
    }

    /**
     * Connects to the database that a connection string names, and makes the collections and indexes that are missing.
     *
     * <p>Where the string does not say otherwise, a server is looked for during 3 s, a connection may take 2 s, and an
     * answer 1.5 s; so every call ends within about 5 s while the database is away, and an append within 6 s
     * while it takes connections but is silent. Closing the store ends the connections.
     *
     * @param uri such as {@code mongodb://localhost:27017/chat}
     * @throws IllegalArgumentException if it is not a connection string, or names no database
     * @throws IllegalStateException if the database cannot be reached or used; the message is one line that names the
     *     hosts and holds no credential
     */
    public static MongoChatStore connect(String uri) {
        Address address = Address.parse(requireNonNull(uri, "uri"));
        MongoClient client = MongoClients.create(address.settings());
        try {
            return new Builder(client).database(address.database()).build(client::close);
        } catch (RuntimeException failure) {
            client.close();
            throw failure;
        }
    }

    /**
     * A store over the host's own client, whose timeouts then decide how long a call may block.
     *
     * @param client stays the host's: closing the store does not close it
     */
    public static Builder builder(MongoClient client) {
        return new Builder(requireNonNull(client, "client"));
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<AppendResult> append(List<MessageDraft> drafts) {
        return new AppendRun(log, places, new Patience(APPEND_BUDGET), drafts).run();
    }

    @Override
    public List<Message> history(HistoryQuery query) {
        return Failures.translated(() -> log.history(query));
    }

    @Override
    public Position position(String conversationId) {
        return Failures.translated(() -> log.position(conversationId));
    }

    @Override
    public Optional<Conversation> conversation(String conversationId) {
        return Failures.translated(() -> conversations.find(conversationId));
    }

    @Override
    public Conversation create(NewConversation wanted) {
        return Failures.translated(() -> conversations.create(wanted, now()));
    }

    @Override
    public void addMembers(String conversationId, Set<String> userIds) {
        Instant now = now();
        List<Member> joining = userIds.stream()
                .map(userId -> new Member(userId, Role.MEMBER, now))
                .toList();
        Failures.translated(() -> conversations.addMembers(conversationId, joining));
    }

    @Override
    public void removeMember(String conversationId, String userId) {
        Failures.translated(() -> members.remove(conversationId, userId));
    }

    @Override
    public Optional<Message> message(String conversationId, String messageId) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public ChangeResult change(Change change) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public List<CatchUp> catchUp(List<CatchUpQuery> queries) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public void trim(String conversationId, long upToSeq) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public List<Conversation> conversations(ConversationQuery query) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public Optional<Conversation> update(ConversationUpdate update) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public boolean changeRole(String conversationId, String userId, Role role) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public Optional<Member> member(String conversationId, String userId) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public void mark(Collection<Receipt> receipts) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public List<Receipt> receipts(String conversationId) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public void eraseUser(String userId) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    @Override
    public boolean isMember(String conversationId, String userId) {
        return Failures.translated(() -> members.contains(conversationId, userId));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void ping() {
        Failures.translated(database::ping);
    }

    @Override
    public void close() {
        onClose.run();
    }

    /** What a store over a host's client needs to know. Not safe for use by several threads. */
    public static final class Builder {
        /** The default of {@link #database}: {@value}. */
        public static final String DEFAULT_DATABASE = "chat";

        private final MongoClient client;
        private String database = DEFAULT_DATABASE;
        private Clock clock = Clock.systemUTC();

        private Builder(MongoClient client) {
            this.client = client;
        }

        /**
         * The database's name. If unset, {@value #DEFAULT_DATABASE}.
         *
         * @throws IllegalArgumentException if MongoDB allows no such name
         */
        public Builder database(String name) {
            MongoNamespace.checkDatabaseNameValidity(name);
            this.database = name;
            return this;
        }

        /** Tells when conversations are made and members join. If unset, the system's clock. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Makes the collections and indexes that are missing.
         *
         * @throws IllegalStateException if the database cannot be reached or used, or an index of its own forbids one of
         *     ours; the message is one line that names the hosts and holds no credential
         */
        public MongoChatStore build() {
            return build(() -> {});
        }

        private MongoChatStore build(Runnable onClose) {
            ChatDatabase chat = ChatDatabase.of(client.getDatabase(database));
            return new MongoChatStore(chat, Startup.prepare(client, chat), clock, onClose);
        }
    }
}
