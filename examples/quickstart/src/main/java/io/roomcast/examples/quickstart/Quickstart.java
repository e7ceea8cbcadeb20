package io.roomcast.examples.quickstart;

import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.ChatServer;

/** Starts a chat in this process's memory and sends its first message from the backend. */
public final class Quickstart {
    private Quickstart() {}

    /** Serves Socket.IO clients on port 3001 until the process ends. */
    public static void main(String[] arguments) {
        ChatServer server = ChatServer.builder().port(3001).build().start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.chat().send("conversation-1", NewMessage.system("Welcome")).join();
    }
}
