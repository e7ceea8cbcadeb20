package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.ChatRuntime;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link ChatService} is made of. Not safe for use by several threads. */
public final class ChatServiceBuilder {
    @Nullable
    private ChatStore store;

    @Nullable
    private Authenticator authenticator;

    private AccessPolicy accessPolicy = AccessPolicy.openRooms();
    private MessageInterceptor interceptor = MessageInterceptor.none();
    private RateLimiter rateLimiter = RateLimiter.none();
    private ChatListener listener = ChatListener.none();
    private Broadcaster broadcaster = Broadcaster.none();
    private Limits limits = Limits.defaults();
    private Clock clock = Clock.systemUTC();
    private ChatMetrics metrics = ChatMetrics.none();

    @Nullable
    private Executor executor;

    @Nullable
    private ScheduledExecutorService scheduler;

    ChatServiceBuilder() {}

    /** Sets where messages are kept; a store in memory if unset. The service closes it. */
    public ChatServiceBuilder store(ChatStore store) {
        this.store = requireNonNull(store, "store");
        return this;
    }

    /** Sets who tells who somebody is; if unset everybody is anonymous and is believed. */
    public ChatServiceBuilder authenticator(Authenticator authenticator) {
        this.authenticator = requireNonNull(authenticator, "authenticator");
        return this;
    }

    /** Sets who may do what; {@link AccessPolicy#openRooms()} if unset. */
    public ChatServiceBuilder accessPolicy(AccessPolicy accessPolicy) {
        this.accessPolicy = requireNonNull(accessPolicy, "accessPolicy");
        return this;
    }

    /** Sets who sees messages before they are stored; {@link MessageInterceptor#none()} if unset. */
    public ChatServiceBuilder interceptor(MessageInterceptor interceptor) {
        this.interceptor = requireNonNull(interceptor, "interceptor");
        return this;
    }

    /** Sets how often somebody may ask; {@link RateLimiter#none()} if unset. */
    public ChatServiceBuilder rateLimiter(RateLimiter rateLimiter) {
        this.rateLimiter = requireNonNull(rateLimiter, "rateLimiter");
        return this;
    }

    /** Sets who hears of what has happened; {@link ChatListener#none()} if unset. */
    public ChatServiceBuilder listener(ChatListener listener) {
        this.listener = requireNonNull(listener, "listener");
        return this;
    }

    /** Sets who carries events to sessions; {@link Broadcaster#none()} if unset. */
    public ChatServiceBuilder broadcaster(Broadcaster broadcaster) {
        this.broadcaster = requireNonNull(broadcaster, "broadcaster");
        return this;
    }

    /** Sets how much a client may ask for; {@link Limits#defaults()} if unset. */
    public ChatServiceBuilder limits(Limits limits) {
        this.limits = requireNonNull(limits, "limits");
        return this;
    }

    /** Sets who takes the chat's measure; {@link ChatMetrics#none()} if unset. */
    public ChatServiceBuilder metrics(ChatMetrics metrics) {
        this.metrics = requireNonNull(metrics, "metrics");
        return this;
    }

    /** Sets what tells the time of messages; the system's clock if unset. */
    public ChatServiceBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets the threads that commands run on, and block; if unset the service has its own. Never closed by it. A task that the
     * executor refuses runs on a spare thread; one that runs tasks on the calling thread blocks event loops.
     */
    public ChatServiceBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    /** Sets what runs timers; if unset the service has its own. Never closed by it. */
    public ChatServiceBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = requireNonNull(scheduler, "scheduler");
        return this;
    }

    /** A running chat with these parts. */
    public ChatService build() {
        return new ChatService(new ChatRuntime.Settings(
                store == null ? ChatStore.inMemory(clock) : store,
                authenticator,
                accessPolicy,
                interceptor,
                rateLimiter.within(limits),
                listener,
                broadcaster,
                limits,
                clock,
                metrics,
                executor,
                scheduler));
    }
}
