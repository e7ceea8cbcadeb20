package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session has begun; what a client is told first.
 *
 * @param sessionId its public id
 * @param userId whose it is, or null for nobody in particular
 * @param epoch the id of the store's life
 * @param serverTime the server's clock
 * @param tokenExpiresAt when the proof of who it is ends, or null for never
 * @param resumed whether rooms are joined again for it
 * @param limits how much it may ask for
 * @param rates how often it may ask, as far as the rate limiter says so
 * @param features what of the optional it will get
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
        List<String> features)
        implements ChatEvent {
    /** Copies the lists. */
    public SessionStarted {
        requireNonNull(sessionId, "sessionId");
        requireNonNull(epoch, "epoch");
        requireNonNull(serverTime, "serverTime");
        requireNonNull(limits, "limits");
        rates = Checks.list(rates, "rates");
        features = Checks.list(features, "features");
    }

    /** The same where the client gets what it wished for: its rooms again, and what of the optional the adapter has. */
    public SessionStarted granting(boolean rooms, List<String> optional) {
        return new SessionStarted(
                sessionId,
                userId,
                epoch,
                serverTime,
                tokenExpiresAt,
                rooms,
                limits,
                rates,
                Checks.list(optional, "optional"));
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
