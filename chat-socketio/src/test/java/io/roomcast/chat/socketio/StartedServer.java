package io.roomcast.chat.socketio;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.socketio.raw.RawPolling;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server with all defaults, of each test its own. */
public final class StartedServer implements BeforeEachCallback, AfterEachCallback {
    private ChatServer server;

    @Override
    public void beforeEach(ExtensionContext context) {
        server = ChatServer.builder().port(0).build().start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RawPolling.leaveAll(server.port());
        server.close();
    }

    public int port() {
        return server.port();
    }

    public ChatService chat() {
        return server.chat();
    }
}
