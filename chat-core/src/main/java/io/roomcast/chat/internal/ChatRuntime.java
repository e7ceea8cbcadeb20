package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.internal.execution.CommitQueue;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.ReplyTimeouts;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.handler.ChangeAuthorizer;
import io.roomcast.chat.internal.handler.ChangeHandler;
import io.roomcast.chat.internal.handler.CommitFollowUp;
import io.roomcast.chat.internal.handler.ConversationEditor;
import io.roomcast.chat.internal.handler.ConversationHandler;
import io.roomcast.chat.internal.handler.Handlers;
import io.roomcast.chat.internal.handler.HistoryHandler;
import io.roomcast.chat.internal.handler.HostConversations;
import io.roomcast.chat.internal.handler.InterceptorRunner;
import io.roomcast.chat.internal.handler.MessageHandler;
import io.roomcast.chat.internal.handler.PresenceHandler;
import io.roomcast.chat.internal.handler.ReceiptHandler;
import io.roomcast.chat.internal.handler.RoomGuard;
import io.roomcast.chat.internal.handler.RoomHandler;
import io.roomcast.chat.internal.handler.TokenHandler;
import io.roomcast.chat.internal.handler.TypingHandler;
import io.roomcast.chat.internal.handler.UserErasure;
import io.roomcast.chat.internal.handler.ViewingHandler;
import io.roomcast.chat.internal.join.PendingJoins;
import io.roomcast.chat.internal.join.RoomJoiner;
import io.roomcast.chat.internal.join.RoomStateReader;
import io.roomcast.chat.internal.join.SessionResumer;
import io.roomcast.chat.internal.join.SharedPageReader;
import io.roomcast.chat.internal.port.Closer;
import io.roomcast.chat.internal.port.GuardedLimiter;
import io.roomcast.chat.internal.port.GuardedMetrics;
import io.roomcast.chat.internal.port.ListenerQueue;
import io.roomcast.chat.internal.port.OwnedExecutors;
import io.roomcast.chat.internal.port.Ports;
import io.roomcast.chat.internal.port.ReadinessCheck;
import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.internal.port.TimedStore;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.presence.PresenceTrackers;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.CatchUpReader;
import io.roomcast.chat.internal.room.HostSession;
import io.roomcast.chat.internal.room.JoinBuffers;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.MeteredBroadcaster;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.internal.session.Authentication;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.internal.session.RecentRevocations;
import io.roomcast.chat.internal.session.SessionLifecycle;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
            ChatMetrics metrics,
            @Nullable Executor executor,
            @Nullable ScheduledExecutorService scheduler) {}

    private static final Logger log = LoggerFactory.getLogger(ChatRuntime.class);

    private final Settings settings;
    private final ChatMetrics metrics;
    private final ChatStore store;
    private final MeteredBroadcaster tally;
    private final OwnedExecutors threads;
    private final RateLimiter limiter;
    private final WorkerPool workers;
    private final CommandRules validator;
    private final CommitQueue commits;
    private final ConversationLanes lanes;
    private final ReplyTimeouts deadlines;
    private final RoomRegistry rooms;
    private final ListenerQueue listeners;
    private final TypingTracker typing;
    private final Publisher publisher;
    private final MembershipCache memberships;
    private final Receipts readership;
    private final CommitFollowUp followUp;
    private final ConversationEditor conversations;
    private final HostConversations hostConversations;
    private final PendingJoins joins;
    private final UserErasure erasures;
    private final RoomHandler roomHandler;
    private final ViewingTracker viewing;
    private final JoinLeaveNotifier attendance;
    private final PresenceVisibility acquaintances;
    private final PresenceTracker presence;
    private final SessionLifecycle sessions;
    private final Ports ports;
    private final RecentRevocations admissions;
    private final ReadinessCheck readiness;
    private final InterceptorRunner interception;
    private final Authentication authentication;
    private final RoomGuard guard;
    private final CommandPipeline pipeline;
    private final SessionResumer resumption;

    /** Starts the timers, and threads as far as the host brings none. */
    public ChatRuntime(Settings settings) {
        Limits limits = settings.limits();
        this.settings = settings;
        limiter = new GuardedLimiter(settings.rateLimiter());
        metrics = GuardedMetrics.of(settings.metrics());
        store = TimedStore.of(settings.store(), metrics);
        threads = new OwnedExecutors(settings.executor(), settings.scheduler());
        validator = new CommandRules(limits);
        Execution execution = Execution.create(store, threads.executor(), threads.scheduler(), limits);
        commits = execution.commits();
        workers = execution.workers();
        lanes = execution.lanes();
        deadlines = execution.timeouts();
        listeners = new ListenerQueue(settings.listener());
        Clock clock = settings.clock();
        Rooms roomParts = Rooms.create(store, settings.broadcaster(), metrics, execution, clock, limits);
        rooms = roomParts.registry();
        tally = roomParts.broadcaster();
        publisher = roomParts.publisher();
        attendance = roomParts.joinLeave();
        memberships = roomParts.membershipCache();
        JoinBuffers tails = roomParts.joinBuffers();
        CatchUpReader pages = roomParts.catchUpReader();
        SafeScheduler timers = execution.scheduler();
        ports = new Ports(timers);
        admissions = new RecentRevocations(clock);
        readiness = new ReadinessCheck(store, ports.health());
        PresenceTrackers trackers = PresenceTrackers.create(
                store, roomParts, execution, clock, limits, settings.accessPolicy() == AccessPolicy.openRooms());
        typing = trackers.typing();
        viewing = trackers.viewing();
        acquaintances = trackers.visibility();
        presence = trackers.presence();
        sessions = new SessionLifecycle(
                rooms, typing, viewing, attendance, presence, publisher, admissions, clock, timers);
        interception = new InterceptorRunner(settings.interceptor(), validator, ports.interceptor());
        authentication =
                new Authentication(settings.authenticator(), validator, ports, admissions, lanes, deadlines, clock);
        InFlight inFlight = execution.inFlight();
        MemberCache rosters = roomParts.memberCache();
        readership = Receipts.create(store, roomParts, execution, clock);
        followUp = new CommitFollowUp(store, lanes, timers, publisher, listeners, readership.unread(), tally);
        conversations =
                new ConversationEditor(store, memberships, readership, acquaintances, limits.members(), this::guard);
        hostConversations = new HostConversations(
                conversations, validator, this::tellUsers, settings.clock(), limits.commandTimeout());
        erasures = new UserErasure(
                store,
                conversations,
                sessions,
                readership,
                memberships,
                presence,
                limiter,
                publisher,
                inFlight,
                limits.commandTimeout());
        Authorizer gate = new Authorizer(validator, settings.accessPolicy(), ports.policy(), memberships);
        RateLimitGuard rates = new RateLimitGuard(limiter, sessions);
        joins = new PendingJoins(
                lanes,
                gate,
                admissions,
                memberships,
                readership.tracker(),
                tails,
                new RoomStateReader(store, new SharedPageReader(pages), readership.tracker(), rates, rooms, publisher),
                new RoomJoiner(rooms, attendance, store, publisher, this::guardNow),
                limits);
        roomHandler = new RoomHandler(rooms, typing, viewing, attendance, joins, validator, rates, pages, publisher);
        guard = new RoomGuard(rooms, memberships, rosters, gate, roomHandler, publisher);
        pipeline = new CommandPipeline(
                validator, rates, gate, guard, erasures, inFlight, lanes, handlers(gate, pages), publisher, deadlines);
        resumption = new SessionResumer(rooms, joins, store, gate, rates, validator, timers, publisher);
        metrics.onStart(this::stats);
    }

    /**
     * Removes users who are not members from a room, after the events that are on their way there. Repeats a failed
     * removal before it sends anything.
     */
    private void guard(String conversationId) {
        try {
            lanes.executeSerially(
                    conversationId,
                    LaneTask.step(Waits.none(), () -> guard.check(conversationId), failure -> Authorizer.PERMITTED));
        } catch (ChatException busy) {
            log.debug("the members of {} are not compared with its room", conversationId, busy);
        }
    }

    /** The same in the conversation's order; where a policy of the host's is asked, strangers go when it has answered. */
    private void guardNow(String conversationId) {
        try {
            CompletionStage<?> ignored = guard.check(conversationId);
        } catch (ChatException failure) {
            log.debug("the members of {} are not compared with its room", conversationId, failure);
        }
    }

    private Handlers handlers(Authorizer gate, CatchUpReader pages) {
        Clock clock = settings.clock();
        ReceiptTracker receipts = readership.tracker();
        ChangeAuthorizer access = new ChangeAuthorizer(store, memberships, settings.limits(), clock);
        return new Handlers(
                roomHandler,
                new MessageHandler(commits, interception, typing, receipts, followUp, clock),
                new ChangeHandler(store, access, interception, workers, clock),
                new HistoryHandler(rooms, store, settings.limits(), pages, receipts),
                new ReceiptHandler(readership, rooms, gate, store, clock),
                new ConversationHandler(conversations, roomHandler, receipts, store, clock),
                new TypingHandler(typing, settings.limits().typingTimeout()),
                new ViewingHandler(viewing),
                new PresenceHandler(presence, acquaintances),
                new TokenHandler(authentication, sessions));
    }

    /** Where everything is kept. */
    public ChatStore store() {
        return store;
    }

    /** Returns the chat's metrics. Exceptions that the host's own metrics throw never reach the caller. */
    public ChatMetrics metrics() {
        return metrics;
    }

    /** What it has to do now, and has done. */
    public ChatStats stats() {
        return new ChatStats(
                rooms.sessions(), rooms.users(), rooms.rooms(), lanes.load(), tally.persisted(), tally.broadcasts());
    }

    /** Returns the executor on which futures complete. */
    public Executor completions() {
        return threads.completions();
    }

    /** Lets the calling thread hand messages over once a turn, unless the host has brought the threads. */
    public void gather(ScheduledExecutorService caller) {
        if (settings.executor() == null) {
            workers.batchPerTick(caller);
        }
    }

    /** Answers whose token it is. */
    public void authenticate(@Nullable String token, Reply<Principal> reply) {
        authentication.run(token, reply);
    }

    /** Lets the session join rooms, and answers what it is to be told first. */
    public SessionStarted open(Session session) {
        sessions.open(session);
        Principal principal = session.principal();
        principal.knownUserId().filter(erasures::isErasing).ifPresent(sessions::revoke);
        return new SessionStarted(
                session.id(),
                principal.userId(),
                store.epoch(),
                settings.clock().instant(),
                principal.expiresAt(),
                false,
                settings.limits(),
                limiter.rates(),
                List.of());
    }

    /** Puts the session back into the rooms that its client was in. */
    public void resume(Session session, Resume known) {
        resumption.begin(session, known);
    }

    /** Ends all that the session left open, and answers which rooms it was in. */
    public Set<String> close(Session session) {
        return sessions.close(session);
    }

    /** Runs a session's command. */
    public <R> void run(Session session, Command<R> command, Reply<R> reply) {
        pipeline.run(session, command, reply);
    }

    /** Runs a command of the host's own. */
    public <R> void run(Command<R> command, Reply<R> reply) {
        pipeline.run(HostSession.INSTANCE, command, reply);
    }

    /** Makes a conversation for the host, or answers the one that has its id already. */
    public Conversation create(NewConversation conversation) {
        return hostConversations.create(conversation);
    }

    /** Ends a user's sessions. */
    public void revoke(String userId) {
        validator.userId(userId, "userId");
        sessions.revoke(userId);
    }

    /** Erases a user. */
    public CompletableFuture<Void> eraseUser(String userId) {
        validator.userId(userId, "userId");
        return erasures.begin(userId);
    }

    /** Changes a conversation for the host. */
    public Conversation update(String conversationId, @Nullable String title, @Nullable String metadata) {
        return hostConversations.update(conversationId, title, metadata);
    }

    /** Adds members for the host. */
    public Conversation addMembers(String conversationId, Collection<String> userIds) {
        return hostConversations.addMembers(conversationId, userIds);
    }

    /** Ends a membership for the host, and puts the user's sessions out of the room. */
    public void removeMember(String conversationId, String userId) {
        hostConversations.removeMember(conversationId, userId);
        evict(conversationId, userId);
    }

    /** Puts a user out of a room, behind every command that is on its way, as one may be about to let the user in. */
    public void evict(String conversationId, String userId) {
        validator.member(conversationId, userId);
        admissions.kick(conversationId, userId);
        joins.revoke(conversationId, userId);
        lanes.executeSerially(
                conversationId, () -> roomHandler.evict(conversationId, userId).forEach(publisher::publish));
    }

    /** Gives a member a role; false if the user is no member. */
    public boolean changeRole(String conversationId, String userId, Role role) {
        return hostConversations.changeRole(conversationId, userId, role);
    }

    private void tellUsers(Collection<String> userIds, ChatEvent event) {
        publisher.send(event, new Audience.Users(userIds));
    }

    /** Answers once the store has answered, or why it has not. */
    public void probe(Reply<Boolean> reply) {
        if (lanes.isClosed()) {
            reply.failed(ChatException.of(ErrorCode.SERVER_DRAINING));
        } else {
            readiness.check(deadlines.track(reply));
        }
    }

    /** Refuses new commands, waits for the others, and ends; the second call finds nothing to do. */
    public void shutdown(Duration patience) {
        Closer.closeAll(
                () -> lanes.close(patience),
                deadlines,
                followUp,
                erasures,
                readership,
                memberships::close,
                listeners,
                ports,
                threads,
                store);
    }
}
