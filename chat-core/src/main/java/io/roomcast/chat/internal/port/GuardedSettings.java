package io.roomcast.chat.internal.port;

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

/**
 * Replaces some ports of the host: contains the exceptions of its metrics and its rate limiter, and measures the calls of
 * its store.
 */
public final class GuardedSettings implements HostSettings {
    private final HostSettings host;
    private final ChatMetrics metrics;
    private final ChatStore store;
    private final RateLimiter rateLimiter;

    public GuardedSettings(HostSettings host) {
        this.host = host;
        this.metrics = GuardedMetrics.of(host.metrics());
        this.store = TimedStore.of(host.store(), metrics);
        this.rateLimiter = new GuardedLimiter(host.rateLimiter());
    }

    @Override
    public ChatStore store() {
        return store;
    }

    @Override
    @Nullable
    public Authenticator authenticator() {
        return host.authenticator();
    }

    @Override
    public AccessPolicy accessPolicy() {
        return host.accessPolicy();
    }

    @Override
    public MessageInterceptor interceptor() {
        return host.interceptor();
    }

    @Override
    public RateLimiter rateLimiter() {
        return rateLimiter;
    }

    @Override
    public ChatListener listener() {
        return host.listener();
    }

    @Override
    public Broadcaster broadcaster() {
        return host.broadcaster();
    }

    @Override
    public ChatMetrics metrics() {
        return metrics;
    }

    @Override
    public Limits limits() {
        return host.limits();
    }

    @Override
    public Clock clock() {
        return host.clock();
    }

    @Override
    @Nullable
    public Executor executor() {
        return host.executor();
    }

    @Override
    @Nullable
    public ScheduledExecutorService scheduler() {
        return host.scheduler();
    }
}
