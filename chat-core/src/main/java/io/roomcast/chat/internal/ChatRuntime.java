package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** All parts of a running chat, put together; safe for use by any thread. */
public final class ChatRuntime {
    /**
     * What a chat is made of.
     *
     * @param executor runs commands; null for threads of our own
     * @param scheduler runs timers; null for a thread of our own
     */
    public record Settings(
            ChatStore store,
            @Nullable Authenticator authenticator,
            AccessPolicy accessPolicy,
            MessageInterceptor interceptor,
            RateLimiter rateLimiter,
            ChatListener listener,
            Broadcaster broadcaster,
            Limits limits,
            Clock clock,
            @Nullable Executor executor,
            @Nullable ScheduledExecutorService scheduler) {}

    private final Settings settings;
    private final Threads threads;
    private final CommandValidator validator;
    private final CommitQueue commits;
    private final ConversationLanes lanes;
    private final Deadlines deadlines;
    private final RoomRegistry rooms;
    private final ListenerQueue listeners;
    private final TypingTracker typing;
    private final Authentication authentication;
    private final CommandPipeline pipeline;

    /** Starts the timers, and threads as far as the host brings none. */
    public ChatRuntime(Settings settings) {
        Limits limits = settings.limits();
        this.settings = settings;
        threads = new Threads(settings.executor(), settings.scheduler());
        validator = new CommandValidator(limits);
        commits = new CommitQueue(settings.store());
        lanes = new ConversationLanes(
                threads.executor(), limits.queuedPerConversation(), limits.queued(), commits::drive);
        deadlines = new Deadlines(limits.commandTimeout(), threads.scheduler());
        rooms = new RoomRegistry(limits.roomsPerSession());
        listeners = new ListenerQueue(settings.listener());
        Publisher publisher =
                new Publisher(rooms, new MessageFeed(rooms, settings.store()), settings.broadcaster(), listeners);
        typing = new TypingTracker(lanes, publisher, settings.clock(), threads.scheduler(), limits);
        authentication = new Authentication(settings.authenticator(), validator, lanes, deadlines);
        AccessGate gate = new AccessGate(validator, settings.accessPolicy(), settings.store()::isMember);
        RateGate rates = new RateGate(settings.rateLimiter());
        pipeline = new CommandPipeline(validator, rates, gate, lanes, handlers(), publisher, deadlines);
    }

    private Handlers handlers() {
        ChatStore store = settings.store();
        return new Handlers(
                new RoomHandler(rooms, typing, store),
                new MessageHandler(commits, settings.interceptor(), typing, settings.clock()),
                new ChangeHandler(),
                new HistoryHandler(store, settings.limits()),
                new ReceiptHandler(),
                new ConversationHandler(),
                new TypingHandler(typing, settings.limits().typingTimeout()),
                new ViewingHandler(),
                new PresenceHandler(),
                new TokenHandler());
    }

    /** What commands run on. */
    public Executor executor() {
        return threads.executor();
    }

    /** Answers whose token it is. */
    public void authenticate(@Nullable String token, Reply<Principal> reply) {
        authentication.run(token, reply);
    }

    /** Lets the session join rooms. */
    public void open(Session session) {
        rooms.open(session);
    }

    /** Ends all that the session left open. */
    public void close(Session session) {
        rooms.close(session);
        typing.end(session);
    }

    /** Runs a session's command. */
    public <R> void run(Session session, Command<R> command, Reply<R> reply) {
        pipeline.run(session, command, reply);
    }

    /** Runs a command of the host's own. */
    public <R> void run(Command<R> command, Reply<R> reply) {
        pipeline.run(HostSession.INSTANCE, command, reply);
    }

    /** Puts a user's sessions out of a room, behind every command that is on its way. */
    public void evict(String conversationId, String userId) {
        lanes.inOrder(
                conversationId,
                () -> rooms.members(conversationId).stream()
                        .filter(session -> userId.equals(session.principal().userId()))
                        .forEach(session -> rooms.leave(conversationId, session)));
    }

    /** Refuses a conversation that could not exist. */
    public void checkNewConversation(NewConversation conversation) {
        checkMembers(conversation.conversationId(), conversation.memberIds());
    }

    /** Refuses members that could not be. */
    public void checkMembers(String conversationId, Collection<String> userIds) {
        validator.conversationId(conversationId);
        if (userIds.size() > settings.limits().members()) {
            throw ChatException.of(ErrorCode.MEMBER_LIMIT);
        }
        userIds.forEach(userId -> validator.userId(userId, "memberIds"));
    }

    /** Answers once the store has answered, or why it has not. */
    public void probe(Reply<Boolean> reply) {
        PendingReply<Boolean> pending = deadlines.track(reply);
        try {
            lanes.anyTime(() -> probeNow(pending));
        } catch (ChatException busy) {
            pending.failed(busy);
        }
    }

    private void probeNow(Reply<Boolean> reply) {
        try {
            settings.store().ping();
            reply.succeeded(true);
        } catch (Throwable failure) {
            reply.failed(ChatException.from(failure));
        }
    }

    /** Refuses new commands, waits for the others, and ends; the second call finds nothing to do. */
    public void shutdown(Duration patience) {
        try {
            lanes.close(patience);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        deadlines.close();
        listeners.close();
        threads.close();
        settings.store().close();
    }
}
