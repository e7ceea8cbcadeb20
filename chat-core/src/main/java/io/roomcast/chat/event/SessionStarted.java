package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Confirms that a session has begun. It is the first event that a client receives.
 *
 * @param sessionId the session's public id
 * @param userId the user's id, or null if the session is anonymous
 * @param epoch the store's epoch
 * @param serverTime the server's clock
 * @param tokenExpiresAt when the user's token expires, or null for never
 * @param resumed whether the server rejoins rooms for the session
 * @param limits the limits for the client's requests
 * @param rates the client's request rates, as far as the rate limiter reports them
 * @param features the optional features that the session uses
 * @param supports the optional parts that the chat was built with, such as {@code users}
 * @param push what clients need to register devices for push notifications, by platform
 */
public record SessionStarted(
        String sessionId,
        @Nullable String userId,
        String epoch,
        Instant serverTime,
        @Nullable Instant tokenExpiresAt,
        boolean resumed,
        Limits limits,
        List<Rate> rates,
        List<String> features,
        List<String> supports,
        Map<String, Map<String, String>> push)
        implements ChatEvent {
    /** Copies the lists. */
    public SessionStarted {
        requireNonNull(sessionId, "sessionId");
        requireNonNull(epoch, "epoch");
        requireNonNull(serverTime, "serverTime");
        requireNonNull(limits, "limits");
        rates = Checks.list(rates, "rates");
        features = Checks.list(features, "features");
        supports = Checks.list(supports, "supports");
        push = Checks.map(push, "push");
    }

    /**
     * Returns a copy with the adapter's part of the answer.
     *
     * @param resumed whether the server rejoins the client's rooms
     * @param features the optional features of the adapter that the client requested
     */
    public SessionStarted granting(boolean resumed, List<String> features) {
        return new SessionStarted(
                sessionId, userId, epoch, serverTime, tokenExpiresAt, resumed, limits, rates, features, supports, push);
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}
