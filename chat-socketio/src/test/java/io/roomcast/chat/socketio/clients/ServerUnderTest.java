package io.roomcast.chat.socketio.clients;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.roomcast.chat.fixture.PushRecorder;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.spi.UserDirectory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A chat server with a MongoDB store. MongoDB is simulated in this process, unless the system property {@code
 * mongo.uri} names a server.
 */
final class ServerUnderTest implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int REFUSED_TIMES = 3;
    private static final String TOKEN_PREFIX = "token-of-";

    private final MongoServer mongo = new MongoServer(new MemoryBackend());
    private final ChatStore store;
    private final ChatServer server;

    private ServerUnderTest(Function<ChatStore, ChatServer> build) {
        String here = "mongodb://" + LOOPBACK + ":" + mongo.bind().getPort() + "/chat";
        this.store = MongoChatStore.connect(System.getProperty("mongo.uri", here));
        this.server = build.apply(store).start();
    }

    /** Starts a server without authentication. */
    static ServerUnderTest open() {
        return new ServerUnderTest(store ->
                ChatServer.builder().host(LOOPBACK).port(0).store(store).build());
    }

    /** Starts a server without authentication that also supports clients 2.x. */
    static ServerUnderTest legacy() {
        return new ServerUnderTest(store -> ChatServer.builder()
                .host(LOOPBACK)
                .port(0)
                .store(store)
                .legacyClients()
                .build());
    }

    /** Starts a server as {@link #legacy} does, without a rate limiter. */
    static ServerUnderTest legacyWithoutRates() {
        return new ServerUnderTest(store -> ChatServer.builder()
                .host(LOOPBACK)
                .port(0)
                .store(store)
                .legacyClients()
                .rateLimiter(RateLimiter.none())
                .build());
    }

    /**
     * Starts a server that accepts "token-of-" and a user's id as the token of that user, knows the user bob, stores files,
     * sends push notifications, and permits calls.
     */
    static ServerUnderTest authenticated() {
        return new ServerUnderTest(store -> ChatServer.builder()
                .host(LOOPBACK)
                .port(0)
                .store(store)
                .authenticator(ServerUnderTest::ownerOf)
                .users(UserDirectory.of(List.of(bob(1))))
                .attachments(AttachmentStore.inMemory())
                .push(new PushRecorder())
                .calls(CallOptions.of(IceServers.stun(List.of("stun:stun.example.com"))))
                .build());
    }

    private static UserProfile bob(int number) {
        return UserProfile.named("bob", "Bob " + number)
                .withAvatarUrl("https://example.com/bob.png")
                .withMetadata("{\"team\":1}");
    }

    /** Starts a server as {@link #authenticated} does. A message "rename" of bob renames him; rooms of 4 are large. */
    static ServerUnderTest withLargeRooms() {
        AtomicInteger number = new AtomicInteger(1);
        AtomicReference<ChatServer> built = new AtomicReference<>();
        return new ServerUnderTest(store -> {
            built.set(ChatServer.builder()
                    .host(LOOPBACK)
                    .port(0)
                    .store(store)
                    .authenticator(ServerUnderTest::ownerOf)
                    .limits(Limits.builder().largeRoom(3).build())
                    .users((viewerId, userIds) -> List.of(bob(number.get())))
                    .listener(new ChatListener() {
                        @Override
                        public void onMessageSent(Message message) {
                            if (message.content().equals("rename")) {
                                number.incrementAndGet();
                                built.get()
                                        .chat()
                                        .userChanged(message.senderId())
                                        .join();
                            }
                        }
                    })
                    .build());
            return built.get();
        });
    }

    /** Starts a server as {@link #authenticated} does, without a rate limiter. */
    static ServerUnderTest authenticatedWithoutRates() {
        return new ServerUnderTest(store -> ChatServer.builder()
                .host(LOOPBACK)
                .port(0)
                .store(store)
                .authenticator(ServerUnderTest::ownerOf)
                .rateLimiter(RateLimiter.none())
                .build());
    }

    /** Starts a server with tokens and with Socket.IO's connection state recovery. */
    static ServerUnderTest recovering() {
        return new ServerUnderTest(store -> ChatServer.builder()
                .host(LOOPBACK)
                .port(0)
                .store(store)
                .authenticator(ServerUnderTest::ownerOf)
                .connectionStateRecovery()
                .build());
    }

    /** Starts a server without authentication and with connection state recovery. */
    static ServerUnderTest openAndRecovering() {
        return new ServerUnderTest(store -> ChatServer.builder()
                .host(LOOPBACK)
                .port(0)
                .store(store)
                .connectionStateRecovery()
                .build());
    }

    /**
     * Starts a server that fails with the error code in the token: "token-", the code and a unique suffix. It accepts
     * the fourth attempt if the code is retryable. For "token-count-", the code depends on the number of attempts.
     */
    static ServerUnderTest busy() {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        return new ServerUnderTest(store -> ChatServer.builder()
                .host(LOOPBACK)
                .port(0)
                .store(store)
                .authenticator(token -> ownerInTheEnd(token, tries))
                .legacyClients()
                .build());
    }

    private static Principal ownerInTheEnd(String token, Map<String, Integer> tries) {
        String[] parts = token.split("-", 3);
        if (parts[1].equals("count")) {
            throw ChatException.invalid(String.valueOf(tries.get(parts[2])));
        }
        int attempt = tries.merge(parts[2], 1, Integer::sum);
        if (parts[1].equals("refused")) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        if (attempt <= REFUSED_TIMES) {
            throw ChatException.of(ErrorCode.valueOf(parts[1].toUpperCase(Locale.ROOT)));
        }
        return Principal.of("ann");
    }

    static Principal ownerOf(String token) {
        if (!token.startsWith(TOKEN_PREFIX)) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        Instant soon = Instant.now().plus(1, ChronoUnit.HOURS);
        return Principal.of(token.substring(TOKEN_PREFIX.length())).expiringAt(soon);
    }

    int port() {
        return server.port();
    }

    String url() {
        return "http://" + LOOPBACK + ":" + server.port();
    }

    @Override
    public void close() {
        server.close();
        store.close();
        mongo.shutdownNow();
    }
}
