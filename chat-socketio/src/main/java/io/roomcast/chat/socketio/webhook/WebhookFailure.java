package io.roomcast.chat.socketio.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** States that the receiver did not accept an event. Has no stack trace. */
final class WebhookFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean answered;
    private final boolean gone;

    @Nullable
    private final Duration retryAfter;

    private WebhookFailure(String reason, boolean answered, boolean gone, @Nullable Duration retryAfter) {
        super(reason, null, false, false);
        this.answered = answered;
        this.gone = gone;
        this.retryAfter = retryAfter;
    }

    /**
     * Describes a response.
     *
     * @param reason what happened, without what the receiver wrote
     * @param gone whether the receiver wants no more events
     * @param retryAfter when the receiver wants the next attempt, or null if it did not say
     */
    static WebhookFailure refusal(String reason, boolean gone, @Nullable Duration retryAfter) {
        return new WebhookFailure(reason, true, gone, retryAfter);
    }

    /** Describes why there is no response. */
    static WebhookFailure noAnswer(String reason) {
        return new WebhookFailure(reason, false, false, null);
    }

    /** Returns whether there was a response. */
    boolean isAnswered() {
        return answered;
    }

    boolean isGone() {
        return gone;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
