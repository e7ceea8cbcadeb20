package io.roomcast.examples.quickstart;

import io.dropwizard.lifecycle.Managed;
import io.roomcast.chat.socketio.ChatServer;

class DropwizardChat implements Managed {
    final ChatServer server = ChatServer.builder().port(0).build();

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void stop() {
        server.close();
    }
}
