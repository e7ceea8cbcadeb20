package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.ChatRuntime;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.PresencePolicy;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.spi.UserDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ChatEngine}. Every setting has a default. Not safe for use by several threads. */
public final class ChatEngineBuilder {
    /** The names that a node may have: {@value}. */
    public static final String NODE_NAMES = "1 to 16 small letters, digits and hyphens";

    /** The store that a bus to other nodes needs: {@value}. */
    public static final String SHARED_STORE = "a store that all nodes use";

    /** The names that the host's own events may have: {@value}. */
    public static final String EVENT_NAMES =
            "1 to 64 letters and digits of ASCII, dots, colons, hyphens and underscores";

    private static final Pattern NODE_NAME = Pattern.compile("[a-z0-9-]{1,16}");

    @Nullable
    private ChatStore store;

    @Nullable
    private Authenticator authenticator;

    private AccessPolicy accessPolicy = AccessPolicy.openRooms();
    private Permissions permissions = Permissions.defaults();

    @Nullable
    private PresencePolicy presencePolicy;

    @Nullable
    private UserDirectory users;

    @Nullable
    private AttachmentStore attachments;

    private FileInspector fileInspector = FileInspector.none();
    private final PushBuilder push = new PushBuilder();

    @Nullable
    private CallOptions calls;

    private MessageInterceptor interceptor = MessageInterceptor.none();
    private RateLimiter rateLimiter = RateLimiter.none();
    private ChatListener listener = ChatListener.none();
    private Broadcaster broadcaster = Broadcaster.none();
    private Limits limits = Limits.defaults();
    private Clock clock = Clock.systemUTC();
    private ChatMetrics metrics = ChatMetrics.none();
    private ClusterBus cluster = ClusterBus.local();
    private String nodeName =
            "node-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private final EventHandlers events = new EventHandlers();

    @Nullable
    private Executor executor;

    @Nullable
    private ScheduledExecutorService scheduler;

    ChatEngineBuilder() {}

    /** Sets the store. Default: a new {@link ChatStore#inMemory()}. The engine closes it. */
    public ChatEngineBuilder store(ChatStore store) {
        this.store = requireNonNull(store, "store");
        return this;
    }

    /** Sets the authenticator. Default: none; then clients are anonymous and name their own user id. */
    public ChatEngineBuilder authenticator(Authenticator authenticator) {
        this.authenticator = requireNonNull(authenticator, "authenticator");
        return this;
    }

    /** Sets the access policy. Default: {@link AccessPolicy#openRooms()}. */
    public ChatEngineBuilder accessPolicy(AccessPolicy accessPolicy) {
        this.accessPolicy = requireNonNull(accessPolicy, "accessPolicy");
        return this;
    }

    /** Sets which permissions each role has. Default: {@link Permissions#defaults()}. */
    public ChatEngineBuilder permissions(Permissions permissions) {
        this.permissions = requireNonNull(permissions, "permissions");
        return this;
    }

    /**
     * Sets the policy that decides whose presence a user sees. Default: {@link PresencePolicy#everyone()} if the access
     * policy is {@link AccessPolicy#openRooms()}, else {@link PresencePolicy#sharedConversations()}.
     */
    public ChatEngineBuilder presencePolicy(PresencePolicy presencePolicy) {
        this.presencePolicy = requireNonNull(presencePolicy, "presencePolicy");
        return this;
    }

    /** Sets the directory of users, which knows their names. Default: none; then clients cannot request them. */
    public ChatEngineBuilder users(UserDirectory users) {
        this.users = requireNonNull(users, "users");
        return this;
    }

    /**
     * Sets the store of the files that users upload. Default: none; then they cannot upload. The engine closes it.
     */
    public ChatEngineBuilder attachments(AttachmentStore store) {
        this.attachments = requireNonNull(store, "store");
        return this;
    }

    /** Sets the inspector of the files that users upload. Default: {@link FileInspector#none()}. */
    public ChatEngineBuilder fileInspector(FileInspector inspector) {
        this.fileInspector = requireNonNull(inspector, "inspector");
        return this;
    }

    /** Sets what calls need, and so permits them. Default: none; then clients cannot call each other. */
    public ChatEngineBuilder calls(CallOptions options) {
        this.calls = requireNonNull(options, "options");
        return this;
    }

    /**
     * Sets what sends push notifications, one for each platform. Default: none; then clients cannot register devices.
     *
     * <p>Members of a conversation receive them on their devices if they {@linkplain Attention wish} to be notified of a
     * message, may read it, have not read it, and do not look at the conversation. The access policy is asked with a
     * principal that has the user's id alone.
     *
     * @throws IllegalArgumentException if a platform's name is invalid or occurs twice
     */
    public ChatEngineBuilder push(PushNotifier... notifiers) {
        push.notifiers(Checks.list(List.of(requireNonNull(notifiers, "notifiers")), "notifiers"));
        return this;
    }

    /** Sets what push notifications say. Default: {@link PushContent#none()}, which are ids and numbers alone. */
    public ChatEngineBuilder pushContent(PushContent content) {
        push.content(requireNonNull(content, "content"));
        return this;
    }

    /**
     * Sets the delays between a message and a push notification. Of a user who views the conversation and is not away, the
     * devices are not notified.
     *
     * @param whenOffline the delay for a user without a session, from 0 to 1 hour. Default: 1 second
     * @param whenConnected the delay for a user with sessions, none of which views the conversation, from 0 to 1 hour. If
     *     the user reads the message meanwhile, there is no notification. Default: 30 seconds
     * @throws IllegalArgumentException if a delay is out of range
     */
    public ChatEngineBuilder pushDelay(Duration whenOffline, Duration whenConnected) {
        push.delay(requireNonNull(whenOffline, "whenOffline"), requireNonNull(whenConnected, "whenConnected"));
        return this;
    }

    /** Sets the interceptor of messages before they are stored. Default: {@link MessageInterceptor#none()}. */
    public ChatEngineBuilder interceptor(MessageInterceptor interceptor) {
        this.interceptor = requireNonNull(interceptor, "interceptor");
        return this;
    }

    /** Sets the rate limiter of commands. Default: {@link RateLimiter#none()}. */
    public ChatEngineBuilder rateLimiter(RateLimiter rateLimiter) {
        this.rateLimiter = requireNonNull(rateLimiter, "rateLimiter");
        return this;
    }

    /** Sets the listener that is called after a message is stored. Default: {@link ChatListener#none()}. */
    public ChatEngineBuilder listener(ChatListener listener) {
        this.listener = requireNonNull(listener, "listener");
        return this;
    }

    /** Sets the broadcaster that sends events to sessions. Default: {@link Broadcaster#none()}. */
    public ChatEngineBuilder broadcaster(Broadcaster broadcaster) {
        this.broadcaster = requireNonNull(broadcaster, "broadcaster");
        return this;
    }

    /** Sets the limits for clients. Default: {@link Limits#defaults()}. */
    public ChatEngineBuilder limits(Limits limits) {
        this.limits = requireNonNull(limits, "limits");
        return this;
    }

    /** Sets the receiver of metrics. Default: {@link ChatMetrics#none()}. */
    public ChatEngineBuilder metrics(ChatMetrics metrics) {
        this.metrics = requireNonNull(metrics, "metrics");
        return this;
    }

    /**
     * Sets the bus to other nodes that use the same store. Default: {@link ClusterBus#local()}, for a single node. The
     * engine opens and closes it.
     */
    public ChatEngineBuilder cluster(ClusterBus bus) {
        this.cluster = requireNonNull(bus, "bus");
        return this;
    }

    /** Returns whether a node may have the name. */
    public static boolean isNodeName(String name) {
        return NODE_NAME.matcher(requireNonNull(name, "name")).matches();
    }

    /**
     * Sets the name of this node, by which operators know it: {@value #NODE_NAMES}. Default: a random one.
     *
     * @throws IllegalArgumentException if the name has other characters
     */
    public ChatEngineBuilder nodeName(String name) {
        if (!isNodeName(name)) {
            throw new IllegalArgumentException("nodeName: " + name + " (expected: " + NODE_NAMES + ")");
        }
        this.nodeName = name;
        return this;
    }

    /** Returns whether an event of the host's own may have the name: {@value #EVENT_NAMES}. */
    public static boolean isEventName(String name) {
        return EventHandlers.isName(requireNonNull(name, "name"));
    }

    /**
     * Sets the handler of an event that is the host's own. Default: none, and the event is refused with {@link
     * io.roomcast.chat.model.ErrorCode#NOT_SUPPORTED}.
     *
     * @param name the name of the event: {@value #EVENT_NAMES}
     * @throws IllegalArgumentException if the name has other characters, or the event has a handler
     */
    public ChatEngineBuilder on(String name, EventHandler handler) {
        events.add(name, handler);
        return this;
    }

    /**
     * Sets the handler of an event that is the host's own, as {@link #on} does. Its result completes later, on a thread of
     * the host's.
     *
     * @throws IllegalArgumentException if the name has other characters, or the event has a handler
     */
    public ChatEngineBuilder onAsync(
            String name, Function<EventRequest, ? extends CompletionStage<@Nullable String>> handler) {
        events.addAsync(name, handler);
        return this;
    }

    /** Sets the clock for timestamps and expiry. Default: {@link Clock#systemUTC()}. */
    public ChatEngineBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets the executor of commands, whose tasks block for the store. Default: threads of the engine's own. The engine
     * does not close it.
     *
     * <p>A task that the executor rejects runs on a spare thread. Do not set an executor that runs tasks on the calling
     * thread: they would block event loops.
     */
    public ChatEngineBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    /** Sets the scheduler of timers. Default: a thread of the engine's own. The engine does not close it. */
    public ChatEngineBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * Builds and starts the chat. Close it by {@link ChatEngine#close()}.
     *
     * @throws IllegalArgumentException if there is a bus to other nodes, but they cannot use the same store
     */
    public ChatEngine build() {
        if (!hasSharedStore()) {
            throw new IllegalArgumentException(
                    "cluster: " + cluster.getClass().getSimpleName() + " (expected: " + SHARED_STORE + ")");
        }
        AtomicReference<ChatService> chat = new AtomicReference<>();
        ChatEngine engine = new ChatEngine(new ChatRuntime.Settings(
                store == null ? ChatStore.inMemory(clock) : store,
                authenticator,
                accessPolicy,
                permissions,
                presencePolicy(),
                users,
                attachments,
                fileInspector,
                push.settings(),
                calls,
                interceptor,
                rateLimiter.within(limits),
                listener,
                broadcaster,
                limits,
                clock,
                metrics,
                cluster,
                nodeName,
                events.functions(() -> requireNonNull(chat.get(), "chat")),
                executor,
                scheduler));
        chat.set(engine.service());
        return engine;
    }

    private PresencePolicy presencePolicy() {
        if (presencePolicy != null) {
            return presencePolicy;
        }
        return accessPolicy == AccessPolicy.openRooms()
                ? PresencePolicy.everyone()
                : PresencePolicy.sharedConversations();
    }

    /** Returns whether the nodes can use the same store, which a bus to other nodes needs. True without such a bus. */
    public boolean hasSharedStore() {
        return cluster.pollInterval().isEmpty()
                || (store != null && store.clusterKey().isPresent());
    }
}
