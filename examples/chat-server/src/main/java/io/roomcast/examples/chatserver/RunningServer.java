package io.roomcast.examples.chatserver;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.ChatServerBuilder;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.examples.chatserver.users.KnownUsers;
import java.util.Optional;
import java.util.stream.Stream;

/** A started chat server with its store and its metrics endpoint. */
final class RunningServer implements AutoCloseable {
    private final ServerConfig config;
    private final Storage storage;
    private final Optional<MetricsServer> metrics;
    private final ChatServer chat;

    private RunningServer(ServerConfig config, Storage storage, Optional<MetricsServer> metrics, ChatServer chat) {
        this.config = config;
        this.storage = storage;
        this.metrics = metrics;
        this.chat = chat;
    }

    /**
     * Opens the store, then the ports. Blocks until they are open.
     *
     * @throws StartException if one of them cannot be opened
     */
    static RunningServer start(ServerConfig config) {
        Storage storage = config.store().open();
        try {
            return start(config, storage);
        } catch (StartException failure) {
            storage.close();
            throw failure;
        }
    }

    private static RunningServer start(ServerConfig config, Storage storage) {
        Optional<AttachmentStore> files = config.openFiles();
        try {
            return start(config, storage, files);
        } catch (StartException failure) {
            files.ifPresent(AttachmentStore::close);
            throw failure;
        }
    }

    private static RunningServer start(ServerConfig config, Storage storage, Optional<AttachmentStore> files) {
        Optional<MetricsServer> metrics = config.metrics().map(MetricsServer::open);
        ChatMetrics meters = metrics.map(MetricsServer::metrics).orElse(ChatMetrics.none());
        KnownUsers users = new KnownUsers(config.users());
        ChatServerBuilder builder = config.builder(users)
                .store(storage.store())
                .page(RunningServer.class.getClassLoader(), "page")
                .metrics(meters);
        files.ifPresent(builder::attachments);
        config.push().ifPresent(settings -> builder.push(settings.webPush()));
        try {
            ChatServer chat = builder.build();
            users.onChange(chat.chat()::userChanged);
            config.webhook().ifPresent(settings -> settings.follow(chat.chat(), meters));
            return new RunningServer(config, storage, metrics, chat.start());
        } catch (RuntimeException failure) {
            metrics.ifPresent(MetricsServer::close);
            throw new StartException(reason(config, failure), failure);
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

    /** Checks the message, because Netty's native transports throw another type of exception. */
    private static boolean isPortTaken(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Address already in use");
    }

    /** Returns the port that the chat listens on. */
    int port() {
        return chat.port();
    }

    /** Returns the line to print once the server is ready, with its address and configuration. */
    String readyLine() {
        String endpoint = metrics.map(server -> ", metrics at " + server).orElse("");
        return "Roomcast is ready: " + config.url(chat.port()) + " (" + config + endpoint + ")";
    }

    /** Moves or disconnects the clients, then closes the metrics endpoint and the store. */
    @Override
    public void close() {
        chat.drain(config.drain());
        metrics.ifPresent(MetricsServer::close);
        storage.close();
    }
}
