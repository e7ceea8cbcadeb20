package io.roomcast.examples.chatserver;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.ChatServerBuilder;
import io.roomcast.chat.spi.RateLimiter;
import java.util.stream.Stream;

/** The chat server with its store, started. */
final class RunningServer implements AutoCloseable {
    private final ServerConfig config;
    private final Storage storage;
    private final ChatServer chat;

    private RunningServer(ServerConfig config, Storage storage, ChatServer chat) {
        this.config = config;
        this.storage = storage;
        this.chat = chat;
    }

    /**
     * Opens the store, then the port.
     *
     * @throws StartException if either cannot be opened
     */
    static RunningServer start(ServerConfig config) {
        Storage storage = config.store().open();
        try {
            return new RunningServer(
                    config, storage, builder(config, storage).build().start());
        } catch (RuntimeException failure) {
            storage.close();
            throw new StartException(reason(config, failure), failure);
        }
    }

    private static ChatServerBuilder builder(ServerConfig config, Storage storage) {
        ChatServerBuilder builder = ChatServer.builder()
                .port(config.port())
                .store(storage.store())
                .rateLimiter(config.rateLimits() ? RateLimiter.tokenBuckets() : RateLimiter.none())
                .allowedOrigins(config.clientUrls().toArray(String[]::new))
                .page(RunningServer.class.getClassLoader(), "page");
        return access(config, builder);
    }

    private static ChatServerBuilder access(ServerConfig config, ChatServerBuilder builder) {
        if (config.host() != null) {
            builder.host(config.host());
        }
        if (config.tokenSecret() != null) {
            builder.authenticator(new JwtAuthenticator(config.tokenSecret()));
        }
        if (config.demo()) {
            believeNames(config, builder);
        }
        return config.openAccess() ? builder.openAccess() : builder;
    }

    /** The library takes any authenticator for a lock; this one is none, and is to be reached like a server without. */
    private static void believeNames(ServerConfig config, ChatServerBuilder builder) {
        builder.authenticator(JwtAuthenticator.ofUnsigned());
        if (config.host() == null && !config.openAccess()) {
            builder.host(Reach.LOOPBACK);
        }
    }

    private static String reason(ServerConfig config, Throwable failure) {
        return causes(failure).anyMatch(RunningServer::isPortTaken)
                ? "SOCKET_PORT: " + config.port() + " is in use by another program"
                : "The server cannot start: " + failure.getMessage();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    /** The native transports of Netty have a type of their own for it. */
    private static boolean isPortTaken(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Address already in use");
    }

    /** What to tell whoever started it. */
    String readyLine() {
        return "Roomcast is ready: " + config.reach().url(chat.port()) + " (" + config + ")";
    }

    /** Takes leave of the clients, then closes the store. */
    @Override
    public void close() {
        chat.close();
        storage.close();
    }
}
