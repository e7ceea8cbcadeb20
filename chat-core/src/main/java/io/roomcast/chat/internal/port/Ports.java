package io.roomcast.chat.internal.port;

import java.time.Duration;

/** Holds the host's ports that may block, each with its own threads and time limit. */
public final class Ports implements AutoCloseable {
    private static final Duration AUTHENTICATION = Duration.ofSeconds(5);
    private static final Duration POLICY = Duration.ofSeconds(2);
    private static final Duration INTERCEPTION = Duration.ofMillis(500);
    private static final Duration HEALTH = Duration.ofSeconds(5);

    private final IsolatedPort authenticator;
    private final IsolatedPort refresh;
    private final IsolatedPort policy;
    private final IsolatedPort interceptor;
    private final IsolatedPort health;

    public Ports(SafeScheduler timers) {
        authenticator = new IsolatedPort("authenticator", 1_024, AUTHENTICATION, timers);
        refresh = new IsolatedPort("authenticator of connected users", 64, AUTHENTICATION, timers);
        policy = new IsolatedPort("access policy", 256, POLICY, timers);
        interceptor = new IsolatedPort("interceptor", 256, INTERCEPTION, timers);
        health = new IsolatedPort("health check", 4, HEALTH, timers);
    }

    /** Authenticates clients that connect, and requests. */
    public IsolatedPort authenticator() {
        return authenticator;
    }

    /** Authenticates users who are already connected. They do not wait behind users who are connecting. */
    public IsolatedPort refresh() {
        return refresh;
    }

    public IsolatedPort policy() {
        return policy;
    }

    public IsolatedPort interceptor() {
        return interceptor;
    }

    /** Asks the store how it is. */
    public IsolatedPort health() {
        return health;
    }

    /** Lets running calls finish, without waiting for them. */
    @Override
    public void close() {
        Closer.closeAll(authenticator, refresh, policy, interceptor, health);
    }
}
