package io.roomcast.chat.socketio.internal;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.socketio.internal.transport.EngineListener;
import io.roomcast.chat.socketio.internal.transport.EngineSession;
import io.roomcast.chat.socketio.internal.transport.EngineSessions;

/** Puts a Socket.IO connection on top of each session of the transport. */
public final class ChatSockets implements EngineListener.Factory {
    private final ChatService chat;
    private final EngineSessions sessions;

    /** Connects clients to the given chat. */
    public ChatSockets(ChatService chat, EngineSessions sessions) {
        this.chat = chat;
        this.sessions = sessions;
    }

    @Override
    public EngineListener opened(EngineSession session) {
        return new ChatSocket(chat, session, sessions::newId);
    }
}
