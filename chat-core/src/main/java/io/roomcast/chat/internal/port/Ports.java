package io.roomcast.chat.internal.port;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.execution.SafeScheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Holds the host's ports that may block, each with its own threads and time limit. */
public final class Ports implements AutoCloseable {
    private static final Duration AUTHENTICATION_LIMIT = Duration.ofSeconds(5);
    private static final Duration POLICY_LIMIT = Duration.ofSeconds(2);
    private static final Duration INTERCEPTOR_LIMIT = Duration.ofMillis(500);
    private static final Duration DIRECTORY_LIMIT = Duration.ofSeconds(2);
    private static final Duration FILES_LIMIT = Duration.ofSeconds(5);
    private static final Duration INSPECTION_LIMIT = Duration.ofSeconds(60);
    private static final int INSPECTIONS_PER_USER = 2;
    private static final Duration CALLS_LIMIT = Duration.ofSeconds(2);
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(5);

    private final IsolatedPort authenticator;
    private final IsolatedPort refresh;
    private final IsolatedPort policy;
    private final IsolatedPort presencePolicy;
    private final IsolatedPort interceptor;
    private final IsolatedPort directory;
    private final IsolatedPort attachments;
    private final IsolatedPort inspector;
    private final IsolatedPort calls;
    private final IsolatedPort health;
    private final Map<String, IsolatedPort> events = new HashMap<>();

    /**
     * Creates ports without calls.
     *
     * @param scheduler sets the time limits
     * @param events the names of the events that the host handles
     * @param eventLimit the time limit of their handlers
     */
    public Ports(SafeScheduler scheduler, Set<String> events, Duration eventLimit) {
        authenticator = new IsolatedPort("authenticator", 1_024, AUTHENTICATION_LIMIT, scheduler);
        refresh = new IsolatedPort("authenticator of connected users", 64, AUTHENTICATION_LIMIT, scheduler);
        policy = new IsolatedPort("access policy", 256, POLICY_LIMIT, scheduler);
        presencePolicy = new IsolatedPort("presence policy", 64, POLICY_LIMIT, scheduler);
        interceptor = new IsolatedPort("interceptor", 256, INTERCEPTOR_LIMIT, scheduler);
        directory = new IsolatedPort("user directory", 64, DIRECTORY_LIMIT, scheduler);
        attachments = new IsolatedPort("store of files", 64, FILES_LIMIT, scheduler);
        inspector = new IsolatedPort("file inspector", 8, INSPECTIONS_PER_USER, INSPECTION_LIMIT, scheduler);
        calls = new IsolatedPort("servers of calls", 64, CALLS_LIMIT, scheduler);
        health = new IsolatedPort("health check", 4, HEALTH_LIMIT, scheduler);
        for (String event : events) {
            this.events.put(event, new IsolatedPort("handler of " + event, 64, eventLimit, scheduler));
        }
    }

    /** Returns the port that authenticates connecting clients and HTTP requests: up to 1024 calls, 5 seconds. */
    public IsolatedPort authenticator() {
        return authenticator;
    }

    /**
     * Returns the port that authenticates connected users, who do not wait behind connecting ones: up to 64 calls, 5
     * seconds.
     */
    public IsolatedPort refresh() {
        return refresh;
    }

    /** Returns the port of the access policy: up to 256 calls, 2 seconds. */
    public IsolatedPort policy() {
        return policy;
    }

    /** Returns the port of the presence policy: up to 64 calls, 2 seconds. */
    public IsolatedPort presencePolicy() {
        return presencePolicy;
    }

    /** Returns the port of the message interceptor: up to 256 calls, half a second. */
    public IsolatedPort interceptor() {
        return interceptor;
    }

    /** Returns the port of the user directory: up to 64 calls, 2 seconds. */
    public IsolatedPort directory() {
        return directory;
    }

    /** Returns the port of the store of files: up to 64 calls, 5 seconds. */
    public IsolatedPort attachments() {
        return attachments;
    }

    /** Returns the port of the file inspector: up to 8 calls, 2 of them for the files of one user, a minute. */
    public IsolatedPort inspector() {
        return inspector;
    }

    /** Returns the port of the host's servers and policies for calls: up to 64 calls, 2 seconds. */
    public IsolatedPort calls() {
        return calls;
    }

    /** Returns the port of the store's health check: up to 4 calls, 5 seconds. */
    public IsolatedPort health() {
        return health;
    }

    /** Returns the port of an event that the host handles: up to 64 calls, as long as a command may take. */
    public IsolatedPort event(String name) {
        return requireNonNull(events.get(name), "name");
    }

    /** Rejects further calls. Accepted ones still run; does not wait for them. */
    @Override
    public void close() {
        Closer.closeAll(
                authenticator,
                refresh,
                policy,
                presencePolicy,
                interceptor,
                directory,
                attachments,
                inspector,
                calls,
                health);
        Closer.closeAll(events.values().toArray(AutoCloseable[]::new));
    }
}
