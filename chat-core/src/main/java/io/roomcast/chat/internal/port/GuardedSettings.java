package io.roomcast.chat.internal.port;

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
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.spi.UserDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Replaces some ports of the host: contains the exceptions of its metrics and its rate limiter, measures the calls of
 * its store, and rounds its clock down to the milliseconds that clients and stores keep.
 */
public final class GuardedSettings implements HostSettings {
    private final HostSettings host;
    private final ChatMetrics metrics;
    private final ChatStore store;
    private final RateLimiter rateLimiter;
    private final Clock clock;

    public GuardedSettings(HostSettings host) {
        this.host = host;
        this.metrics = GuardedMetrics.of(host.metrics());
        this.store = TimedStore.of(host.store(), metrics);
        this.rateLimiter = new GuardedLimiter(host.rateLimiter());
        this.clock = Clock.tick(host.clock(), Duration.ofMillis(1));
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
    public Permissions permissions() {
        return host.permissions();
    }

    @Override
    public PresencePolicy presencePolicy() {
        return host.presencePolicy();
    }

    @Override
    @Nullable
    public UserDirectory users() {
        return host.users();
    }

    @Override
    @Nullable
    public AttachmentStore attachments() {
        return host.attachments();
    }

    @Override
    public FileInspector fileInspector() {
        return host.fileInspector();
    }

    @Override
    public PushSettings push() {
        return host.push();
    }

    @Override
    @Nullable
    public CallOptions calls() {
        return host.calls();
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
        return clock;
    }

    @Override
    public ClusterBus cluster() {
        return host.cluster();
    }

    @Override
    public String nodeName() {
        return host.nodeName();
    }

    @Override
    public Map<String, EventFunction> events() {
        return host.events();
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
