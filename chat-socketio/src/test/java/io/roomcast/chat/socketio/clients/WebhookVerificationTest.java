package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.webhook.Webhook;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package standardwebhooks verifies the calls of webhooks. */
@RequiresNode
@Timeout(120)
class WebhookVerificationTest {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final class Verifier implements AutoCloseable {
        private final Process process;
        private final BufferedReader lines;

        private Verifier(int calls, String secret) throws IOException {
            process = new ProcessBuilder("node", "webhook-receiver.mjs", String.valueOf(calls), secret)
                    .directory(NodeScript.DIRECTORY.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            lines = process.inputReader(StandardCharsets.UTF_8);
        }

        private JsonNode line() throws IOException {
            return new ObjectMapper().readTree(lines.readLine());
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void receiver_accepts_calls_while_the_secret_changes(String known) throws Exception {
        try (Verifier verifier = new Verifier(3, known);
                ChatServer server = server(verifier, NEW, OLD)) {
            Message message = server.chat()
                    .send("room", NewMessage.text("ann", "hëllo 🎉"))
                    .join();
            assertThat(verifier.line()).hasToString("{\"id\":\"room:1\",\"type\":\"message.sent\",\"seq\":1}");
            server.chat().execute(EditMessage.of("room", message.id(), "hi")).join();
            assertThat(verifier.line()).hasToString("{\"id\":\"room:v1\",\"type\":\"message.edited\",\"seq\":1}");
            server.chat().execute(new DeleteMessage("room", message.id())).join();
            assertThat(verifier.line()).hasToString("{\"id\":\"room:v2\",\"type\":\"message.deleted\",\"seq\":1}");
        }
    }

    @Test
    void receiver_rejects_calls_with_another_secret() throws Exception {
        try (Verifier verifier = new Verifier(1, OLD);
                ChatServer server = server(verifier, NEW)) {
            server.chat().send("room", NewMessage.text("ann", "hello")).join();
            assertThat(verifier.line().path("error").asText()).contains("No matching signature");
        }
    }

    private static ChatServer server(Verifier verifier, String... secrets) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + verifier.line().path("port").asInt() + "/hook");
        Webhook.Builder webhook = Webhook.to(uri);
        for (String secret : secrets) {
            webhook.secret(secret);
        }
        ChatServer server = ChatServer.builder().port(0).build();
        server.chat().follow("crm", webhook.build());
        return server.start();
    }
}
