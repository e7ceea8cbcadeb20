package io.roomcast.examples.quickstart;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.roomcast.chat.socketio.ChatServer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

@Singleton
class QuarkusChat {
    final ChatServer server = ChatServer.builder().port(0).build();

    void start(@Observes StartupEvent event) {
        server.start();
    }

    void stop(@Observes ShutdownEvent event) {
        server.close();
    }
}
