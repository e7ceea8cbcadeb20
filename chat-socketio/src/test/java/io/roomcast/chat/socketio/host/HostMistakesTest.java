package io.roomcast.chat.socketio.host;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.roomcast.chat.EventHandler;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.ChatServerBuilder;
import io.roomcast.chat.socketio.NettyOptions;
import io.roomcast.chat.socketio.metrics.MicrometerChatMetrics;
import io.roomcast.chat.socketio.push.Browser;
import io.roomcast.chat.socketio.push.VapidKeys;
import io.roomcast.chat.socketio.push.WebPush;
import io.roomcast.chat.socketio.redis.RedisBus;
import io.roomcast.chat.socketio.redis.RedisBusBuilder;
import io.roomcast.chat.socketio.webhook.Webhook;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.Authenticator;
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
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.spi.UserDirectory;
import io.roomcast.chat.testkit.NullArguments;
import io.roomcast.chat.testkit.PublicApi;
import io.roomcast.chat.testkit.RecordingListener;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid arguments of a host fail in the call, with the name of the parameter. */
class HostMistakesTest {
    private static final Map<Class<?>, Supplier<?>> SAMPLES = Map.ofEntries(
            entry(String.class, () -> "a"),
            entry(String[].class, () -> new String[] {"a"}),
            entry(char[].class, () -> new char[0]),
            entry(int.class, () -> 1),
            entry(boolean.class, () -> true),
            entry(long.class, () -> 1L),
            entry(List.class, List::of),
            entry(Map.class, Map::of),
            entry(Path.class, () -> Path.of("a")),
            entry(ClassLoader.class, ClassLoader::getSystemClassLoader),
            entry(KeyStore.class, HostMistakesTest::keys),
            entry(SslContext.class, HostMistakesTest::tls),
            entry(Duration.class, () -> Duration.ZERO),
            entry(Supplier.class, () -> (Supplier<?>) () -> new ChatStats(0, 0, 0, 0, 0, 0, 1, false)),
            entry(Consumer.class, () -> (Consumer<?>) options -> {}),
            entry(Executor.class, () -> (Executor) Runnable::run),
            entry(Limits.class, Limits::defaults),
            entry(MeterRegistry.class, SimpleMeterRegistry::new),
            entry(byte[].class, () -> new byte[0]),
            entry(Collection.class, List::of),
            entry(SSLContext.class, HostMistakesTest::sslContext),
            entry(ClusterBus.Listener.class, RecordingListener::new),
            entry(RedisBus.class, () -> RedisBus.connect("redis://a")),
            entry(RedisBusBuilder.class, () -> RedisBus.builder("rediss-sentinel://a/b")),
            entry(EventHandler.class, () -> (EventHandler) request -> null),
            entry(EventHandler.Typed.class, () -> (EventHandler.Typed<Object>) (payload, request) -> null),
            entry(EventHandler.PayloadReader.class, () -> (EventHandler.PayloadReader<Object>) (json, type) -> json),
            entry(Class.class, () -> Object.class),
            entry(Function.class, Function::identity),
            entry(AccessPolicy.class, AccessPolicy::openRooms),
            entry(Permissions.class, Permissions::defaults),
            entry(PresencePolicy.class, PresencePolicy::everyone),
            entry(UserDirectory.class, () -> UserDirectory.of(List.of())),
            entry(Authenticator.class, () -> (Authenticator) Principal::of),
            entry(ChatListener.class, ChatListener::none),
            entry(ChatMetrics.class, ChatMetrics::none),
            entry(FileInspector.class, FileInspector::none),
            entry(CallOptions.class, () -> CallOptions.of(IceServers.none())),
            entry(IceServers.class, IceServers::none),
            entry(PushNotifier[].class, () -> new PushNotifier[0]),
            entry(PushContent.class, PushContent::none),
            entry(PushResult.Outcome.class, () -> PushResult.Outcome.DELIVERED),
            entry(AttachmentStore.class, AttachmentStore::inMemory),
            entry(ChatStore.class, ChatStore::inMemory),
            entry(ClusterBus.class, ClusterBus::local),
            entry(MessageInterceptor.class, MessageInterceptor::none),
            entry(RateLimiter.class, RateLimiter::none),
            entry(ChatServer.class, () -> ChatServer.builder().port(0).build()),
            entry(ChatServerBuilder.class, ChatServer::builder),
            entry(Clock.class, Clock::systemUTC),
            entry(URI.class, () -> URI.create("https://a.example")),
            entry(Throwable.class, IllegalStateException::new),
            entry(Webhook.Builder.class, () -> Webhook.to(URI.create("https://a.example"))),
            entry(Webhook.class, HostMistakesTest::webhook),
            entry(VapidKeys.class, VapidKeys::generate),
            entry(WebPush.Builder.class, HostMistakesTest::webPush),
            entry(WebPush.class, () -> webPush().build()),
            entry(PushDevice.class, () -> Browser.create().device("https://a.example")),
            entry(PushMessage.class, () -> Browser.message("Ann", "hello")),
            entry(NettyOptions.class, HostMistakesTest::options),
            entry(MicrometerChatMetrics.class, () -> new MicrometerChatMetrics(new SimpleMeterRegistry())));

    private static SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyStore keys() {
        try {
            return KeyStore.getInstance(KeyStore.getDefaultType());
        } catch (KeyStoreException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SslContext tls() {
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Webhook webhook() {
        return Webhook.to(URI.create("https://a.example"))
                .secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .build();
    }

    private static WebPush.Builder webPush() {
        return WebPush.builder(VapidKeys.generate(), "https://a.example");
    }

    private static NettyOptions options() {
        List<NettyOptions> seen = new ArrayList<>();
        ChatServer.builder().netty(seen::add);
        return seen.get(0);
    }

    @Test
    void null_is_rejected_with_the_name_of_the_parameter() {
        NullArguments all = new NullArguments(PublicApi.of(Path.of("target/classes")), SAMPLES);
        assertThat(all.calls()
                        .filter(call -> call.executable().getDeclaringClass() != MicrometerChatMetrics.class)
                        .flatMap(call -> all.complaint(call).map(why -> call + ": " + why).stream()))
                .isEmpty();
    }

    @Test
    void null_element_is_rejected() {
        ChatServerBuilder builder = ChatServer.builder();
        assertThatThrownBy(() -> builder.allowedOrigins((String) null))
                .hasMessage("origins: contains null (expected: no nulls)");
        assertThatThrownBy(() -> builder.trustedProxies("10.0.0.7", null))
                .hasMessage("ranges: contains null (expected: no nulls)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", "null", "app.example.com", "https://", "https://a.example/x", "https://a b"})
    void malformed_origin_is_named(String origin) {
        assertThatThrownBy(() -> ChatServer.builder().allowedOrigins(origin).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowedOrigins: " + origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order seen",
                "ä",
                "sendMessage",
                "receiveMessage",
                "session",
                "messagesBatch",
                "serverDraining",
                "chatError",
                "messageError",
                "connect",
                "connect_error",
                "disconnect",
                "disconnecting",
                "newListener",
                "removeListener",
                "error"
            })
    void event_of_the_host_with_a_name_of_the_chat_or_of_socket_io_is_named(String name) {
        ChatServerBuilder builder = ChatServer.builder().on(name, request -> null);
        assertThat(builder.mistakes()).singleElement().asString().startsWith("on: " + name + " (expected: ");
        assertThat(ChatServer.builder()
                        .onAsync(name, request -> new CompletableFuture<>())
                        .mistakes())
                .hasSize(1);
    }

    @Test
    void event_of_the_host_with_two_handlers_is_named() {
        ChatServerBuilder builder = ChatServer.builder()
                .on("order", request -> null)
                .on("order", Integer.class, (json, type) -> Integer.valueOf(json), (order, request) -> null);
        assertThat(builder.mistakes()).containsExactly("on: order (expected: one handler for each event)");
    }

    @Test
    void stop_rejects_a_negative_timeout() {
        try (ChatServer server = ChatServer.builder().port(0).build()) {
            assertThatThrownBy(() -> server.stop(Duration.ofMillis(-1)))
                    .hasMessage("timeout: PT-0.001S (expected: zero or more)");
        }
    }
}
