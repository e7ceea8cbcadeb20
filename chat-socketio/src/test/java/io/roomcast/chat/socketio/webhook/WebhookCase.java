package io.roomcast.chat.socketio.webhook;

import static org.awaitility.Awaitility.await;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.Follower;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A chat with a webhook, in virtual time, and its receiver. */
abstract class WebhookCase {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    final VirtualTime time = new VirtualTime();
    final ChatStore store = ChatStore.inMemory(time.clock());
    Receiver receiver;
    ChatEngine chat;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        chat = ChatEngine.builder()
                .store(store)
                .clock(time.clock())
                .scheduler(time.scheduler())
                .limits(Limits.builder().contentLength(60_000).build())
                .build();
    }

    @AfterEach
    void stop() {
        chat.close(Duration.ZERO);
        receiver.close();
    }

    Webhook.Builder webhook() {
        return Webhook.to(receiver.uri()).secret(SECRET).clock(time.clock());
    }

    Follower follow(Webhook.Builder webhook) {
        return chat.service().follow("crm", webhook.build());
    }

    Message send(String conversationId, String content) {
        return chat.service()
                .send(conversationId, NewMessage.text("ann", content))
                .join();
    }

    /** Lets virtual time pass until the condition holds, while real threads call the receiver. */
    void passTimeUntil(Duration step, Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> {
            time.advance(step);
            return condition.call();
        });
    }

    void awaitCalls(int count) {
        passTimeUntil(Duration.ofMillis(20), () -> receiver.calls.size() >= count);
    }

    /** Waits until the failure of a call is stored, and lets the time pass until the next attempt. No call is running then. */
    void advanceToRetry(String conversationId) {
        await().until(() ->
                state(conversationId).owner() == null && state(conversationId).dueAt() != null);
        time.advance(Duration.between(
                time.clock().instant(),
                Objects.requireNonNull(state(conversationId).dueAt())));
    }

    FollowerState state(String conversationId) {
        return store.followerStates("crm", List.of(conversationId)).get(0);
    }
}
