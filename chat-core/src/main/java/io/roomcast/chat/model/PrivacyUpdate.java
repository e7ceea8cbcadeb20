package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import org.jspecify.annotations.Nullable;

/**
 * A change of a user's privacy. Immutable.
 *
 * @param userId the user
 * @param readReceipts the new value of {@link Privacy#readReceipts()}, or null to leave it
 * @param typing the new value of {@link Privacy#typing()}, or null to leave it
 * @param presence the new value of {@link Privacy#presence()}, or null to leave it
 */
public record PrivacyUpdate(
        String userId,
        @Nullable Boolean readReceipts,
        @Nullable Boolean typing,
        @Nullable Boolean presence) {
    /** Rejects null for required components. */
    public PrivacyUpdate {
        requireNonNull(userId, "userId");
    }

    /** Returns the privacy after the change. */
    public Privacy applyTo(Privacy before) {
        requireNonNull(before, "before");
        return new Privacy(
                requireNonNullElse(readReceipts, before.readReceipts()),
                requireNonNullElse(typing, before.typing()),
                requireNonNullElse(presence, before.presence()));
    }
}
