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
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Gives access to the ports and settings that the host has supplied. */
public interface HostSettings {
    /** Returns the store, which the chat closes. */
    ChatStore store();

    /** Returns the authenticator, or null if every client is anonymous. */
    @Nullable
    Authenticator authenticator();

    AccessPolicy accessPolicy();

    /** Returns which permissions each role has. */
    Permissions permissions();

    PresencePolicy presencePolicy();

    /** Returns the directory of users, or null if there is none. */
    @Nullable
    UserDirectory users();

    /** Returns the store of files, which the chat closes; null if clients cannot upload files. */
    @Nullable
    AttachmentStore attachments();

    /** Returns the inspector of uploaded files. */
    FileInspector fileInspector();

    /** Returns how push notifications are sent. */
    PushSettings push();

    /** Returns what the host supplies for calls, or null if clients cannot call each other. */
    @Nullable
    CallOptions calls();

    MessageInterceptor interceptor();

    RateLimiter rateLimiter();

    ChatListener listener();

    Broadcaster broadcaster();

    ChatMetrics metrics();

    Limits limits();

    Clock clock();

    /** Returns the bus between nodes, which the chat closes. */
    ClusterBus cluster();

    /** Returns the name of this node. */
    String nodeName();

    /** Returns what handles the host's own events, by their names. */
    Map<String, EventFunction> events();

    /** Returns the executor of commands, or null for threads of the chat's own. */
    @Nullable
    Executor executor();

    /** Returns the executor of timers, or null for a thread of the chat's own. */
    @Nullable
    ScheduledExecutorService scheduler();
}
