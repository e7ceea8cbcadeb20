package io.roomcast.examples.springboot;

import com.mongodb.client.MongoClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.ChatServerBuilder;
import io.roomcast.chat.socketio.metrics.MicrometerChatMetrics;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.ChatMetrics;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the chat when the application is ready, and stops it when the application begins to stop.
 *
 * <p>In the default phase, the chat starts after everything it uses, including the web server, and stops before. So the
 * database still accepts the last messages while clients are asked to reconnect. A chat server starts only once, so each
 * start of the context creates a new one. Safe for use by any thread.
 */
@Component
final class ChatLifecycle implements SmartLifecycle {
    private final ChatSettings settings;
    private final MongoClient mongo;
    private final Authenticator authenticator;
    private final ChatMetrics metrics;
    private final AnnouncementViews views;

    @Nullable
    private volatile ChatServer server;

    /** Creates a lifecycle that has not started. The store does not close the client, which Spring manages. */
    ChatLifecycle(
            ChatSettings settings,
            MongoClient mongo,
            Authenticator authenticator,
            MeterRegistry meters,
            AnnouncementViews views) {
        this.settings = settings;
        this.mongo = mongo;
        this.authenticator = authenticator;
        this.metrics = new MicrometerChatMetrics(meters);
        this.views = views;
    }

    @Override
    public void start() {
        ChatServerBuilder builder = ChatServer.builder()
                .port(settings.port())
                .store(MongoChatStore.builder(mongo).build())
                .authenticator(authenticator)
                .accessPolicy(AccessPolicy.membersOnly())
                .metrics(metrics)
                .allowedOrigins(settings.allowedOrigins().toArray(String[]::new));
        views.handle(builder);
        server = builder.build().start();
    }

    @Override
    public void stop() {
        running().close();
        server = null;
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /**
     * Returns the chat service, which the application uses to send messages.
     *
     * @throws IllegalStateException while it is not running
     */
    ChatService chat() {
        return running().chat();
    }

    /**
     * Returns the port that clients connect to.
     *
     * @throws IllegalStateException while it is not running
     */
    int port() {
        return running().port();
    }

    private ChatServer running() {
        ChatServer current = server;
        if (current == null) {
            throw new IllegalStateException("the chat is not running");
        }
        return current;
    }
}
