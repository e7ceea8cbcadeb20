package io.roomcast.chat.internal;

import java.time.Duration;

/** The ports of the host's that may block, each with its threads and its time. */
final class Ports implements AutoCloseable {
    private static final Duration AUTHENTICATION = Duration.ofSeconds(5);
    private static final Duration POLICY = Duration.ofSeconds(2);
    private static final Duration INTERCEPTION = Duration.ofMillis(500);
    private static final Duration HEALTH = Duration.ofSeconds(5);

    private final IsolatedPort authenticator;
    private final IsolatedPort refresh;
    private final IsolatedPort policy;
    private final IsolatedPort interceptor;
    private final IsolatedPort health;

    Ports(Timers timers) {
        authenticator = new IsolatedPort("authenticator", 1_024, AUTHENTICATION, timers);
        refresh = new IsolatedPort("authenticator of connected users", 64, AUTHENTICATION, timers);
        policy = new IsolatedPort("access policy", 256, POLICY, timers);
        interceptor = new IsolatedPort("interceptor", 256, INTERCEPTION, timers);
        health = new IsolatedPort("health check", 4, HEALTH, timers);
    }

    /** Authenticates clients that connect, and requests. */
    IsolatedPort authenticator() {
        return authenticator;
    }

    /** Authenticates users who are connected already, and so do not stand behind those who are not. */
    IsolatedPort refresh() {
        return refresh;
    }

    IsolatedPort policy() {
        return policy;
    }

    IsolatedPort interceptor() {
        return interceptor;
    }

    /** Asks the store how it is. */
    IsolatedPort health() {
        return health;
    }

    /** Lets calls that are under way end, without waiting for that. */
    @Override
    public void close() {
        Closing.closeAll(authenticator, refresh, policy, interceptor, health);
    }
}
