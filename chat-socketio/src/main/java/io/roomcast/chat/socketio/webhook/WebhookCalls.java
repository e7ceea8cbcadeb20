package io.roomcast.chat.socketio.webhook;

import io.roomcast.chat.socketio.internal.outgoing.HttpAnswer;
import io.roomcast.chat.socketio.internal.outgoing.HttpCalls;
import io.roomcast.chat.socketio.internal.outgoing.NoAnswerException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Sends events to one endpoint. Safe for use by any thread; blocks. */
final class WebhookCalls {
    private static final int GONE = 410;

    private final HttpCalls calls;
    private final URI uri;
    private final WebhookSecrets secrets;
    private final boolean publicAddressesOnly;

    WebhookCalls(URI uri, WebhookSecrets secrets, boolean publicAddressesOnly, Duration limit) {
        this.calls = new HttpCalls(limit, null);
        this.uri = uri;
        this.secrets = secrets;
        this.publicAddressesOnly = publicAddressesOnly;
    }

    /**
     * Sends an event.
     *
     * @param seconds the current time in seconds since 1970
     * @throws WebhookFailure if the receiver does not accept it
     */
    void send(WebhookEvent event, long seconds) throws WebhookFailure, InterruptedException {
        if (publicAddressesOnly && !PublicAddresses.areAll(uri.getHost())) {
            throw WebhookFailure.noAnswer("the address is not public");
        }
        HttpAnswer answer = answer(request(event, seconds));
        if (!answer.isAccepted()) {
            throw WebhookFailure.refusal("status " + answer.status(), answer.status() == GONE, answer.retryAfter());
        }
    }

    private HttpAnswer answer(HttpRequest.Builder request) throws WebhookFailure, InterruptedException {
        try {
            return calls.send(request);
        } catch (NoAnswerException failure) {
            throw WebhookFailure.noAnswer(String.valueOf(failure.getMessage()));
        }
    }

    private HttpRequest.Builder request(WebhookEvent event, long seconds) {
        byte[] body = event.body();
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Roomcast-Webhook")
                .header("webhook-id", event.id())
                .header("webhook-timestamp", String.valueOf(seconds))
                .header("webhook-signature", secrets.sign(event.id(), seconds, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }
}
