package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.ChatRuntime;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.PresencePolicy;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Creates the handlers of a chat in memory with default limits. */
public final class TestHandlers {
    private TestHandlers() {}

    public static Handlers create() {
        VirtualTime time = new VirtualTime();
        ChatParts parts = ChatParts.create(new ChatRuntime.Settings(
                ChatStore.inMemory(time.clock()),
                null,
                AccessPolicy.openRooms(),
                Permissions.defaults(),
                PresencePolicy.everyone(),
                null,
                AttachmentStore.inMemory(),
                FileInspector.none(),
                new PushSettings(List.of(), PushContent.none(), Duration.ZERO, Duration.ZERO),
                CallOptions.of(IceServers.none()),
                MessageInterceptor.none(),
                RateLimiter.none(),
                ChatListener.none(),
                Broadcaster.none(),
                Limits.defaults(),
                time.clock(),
                ChatMetrics.none(),
                ClusterBus.local(),
                "node",
                Map.of(),
                Runnable::run,
                time.scheduler()));
        return HandlerParts.create(parts).commands();
    }
}
