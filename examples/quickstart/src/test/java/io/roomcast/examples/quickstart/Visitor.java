package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * An HTTP client that uses the room {@code conversation-1} as alice.
 *
 * @param port the server's port
 * @param token the token to send
 */
record Visitor(int port, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Sends a message and reads it again. */
    void chats() throws Exception {
        String message = "{\"senderId\": \"alice\", \"content\": \"Hello\"}";
        HttpResponse<String> sent =
                answer(request().header("Content-Type", "application/json").POST(BodyPublishers.ofString(message)));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        assertThat(messages().body()).contains("\"content\":\"Hello\"");
    }

    HttpResponse<String> messages() throws Exception {
        return answer(request());
    }

    void cannotConnect() {
        assertThatThrownBy(this::messages).isInstanceOf(ConnectException.class);
    }

    private HttpRequest.Builder request() {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/conversations/conversation-1/messages");
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
