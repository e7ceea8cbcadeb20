package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.ChatServer;
import org.junit.jupiter.api.Test;

/** This host has no Micrometer on its class path. */
class WithoutMicrometerTest {
    @Test
    void server_runs_and_knows_its_measure_all_the_same() {
        assertThatThrownBy(() -> Class.forName("io.micrometer.core.instrument.MeterRegistry"))
                .isInstanceOf(ClassNotFoundException.class);
        try (ChatServer server = ChatServer.builder().port(0).build().start()) {
            server.chat().send("r", NewMessage.system("Welcome")).join();

            await().until(() -> server.stats().chat().persisted() == 1);
        }
    }
}
