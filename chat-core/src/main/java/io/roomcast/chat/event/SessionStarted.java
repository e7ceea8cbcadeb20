package io.roomcast.chat.event;

import java.time.Instant;
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
 */
public record SessionStarted(
        String sessionId,
        @Nullable String userId,
        String epoch,
        Instant serverTime,
        @Nullable Instant tokenExpiresAt,
        boolean resumed)
        implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
