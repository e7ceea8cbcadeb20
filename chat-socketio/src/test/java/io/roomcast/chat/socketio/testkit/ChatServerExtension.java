package io.roomcast.chat.socketio.testkit;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.ChatServerBuilder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a {@link ChatServer} on a free port for tests with JUnit Jupiter 5 or 6, and closes it afterwards.
 *
 * <p>Registered with a class or in a static field, it runs one server for all tests of the class and its nested classes.
 * Registered with a method or in an instance field, it runs a server for each test. Tests, constructors and lifecycle
 * methods take the {@link ChatServer} or its {@link ChatService} as a parameter:
 *
 * <pre>{@code
 * class WelcomeTest {
 *     @RegisterExtension
 *     static final ChatServerExtension chat =
 *             ChatServerExtension.of(builder -> builder.authenticator(token -> Principal.of(token)));
 *
 *     @Test
 *     void server_is_ready(ChatServer server) {
 *         assertThat(server.port()).isPositive();
 *     }
 * }
 * }</pre>
 *
 * <p>Without settings, as with {@code @ExtendWith(ChatServerExtension.class)}, the server has the defaults: messages in
 * memory, and clients that choose their own user id. Safe for use by tests that run in parallel.
 */
public final class ChatServerExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ChatServerExtension.class);

    private final Consumer<ChatServerBuilder> settings;
    private final Object key = new Object();

    /** Creates an extension whose servers have the defaults. */
    public ChatServerExtension() {
        this(builder -> {});
    }

    private ChatServerExtension(Consumer<ChatServerBuilder> settings) {
        this.settings = settings;
    }

    /**
     * Creates an extension with settings.
     *
     * @param settings sets what differs from the defaults; called for each server with a new builder, whose port is 0.
     *     A store must be a new one each time, because the server closes it
     */
    public static ChatServerExtension of(Consumer<ChatServerBuilder> settings) {
        return new ChatServerExtension(requireNonNull(settings, "settings"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start(context);
    }

    /** Starts a server, unless one runs for an enclosing class. */
    private void start(ExtensionContext context) {
        if (server(context) == null) {
            ChatServerBuilder builder = ChatServer.builder().port(0);
            settings.accept(builder);
            context.getStore(NAMESPACE).put(key, builder.build().start());
        }
    }

    private @Nullable ChatServer server(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(key, ChatServer.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
    }

    /** Closes the server that was started for the context itself. */
    private void stop(ExtensionContext context) {
        ChatServer server = context.getStore(NAMESPACE).remove(key, ChatServer.class);
        if (server != null) {
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ChatServer.class || type == ChatService.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ChatServer server = requireNonNull(server(context), "server");
        return parameter.getParameter().getType() == ChatServer.class ? server : server.chat();
    }
}
