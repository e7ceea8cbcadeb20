package io.roomcast.chat.socketio.internal;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.transport.EngineSession;

/** A session of the chat over Socket.IO; its id is public, unlike its transport's. */
final class SocketSession implements Session {
    private final String id;
    private final Principal principal;
    private final EngineSession engine;

    SocketSession(String id, Principal principal, EngineSession engine) {
        this.id = id;
        this.principal = principal;
        this.engine = engine;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    EngineSession engine() {
        return engine;
    }
}
