package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Privacy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes what other users receive about the user, in all conversations. Without values the command only reads it.
 *
 * @param readReceipts whether others receive the user's receipts, or null to leave it
 * @param typing whether others receive that the user is typing, or null to leave it
 * @param presence whether others see the user's presence, or null to leave it
 */
public record SetPrivacy(
        @Nullable Boolean readReceipts,
        @Nullable Boolean typing,
        @Nullable Boolean presence) implements UserCommand<SetPrivacy.Changed> {
    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.PREFERENCES);
    }

    /**
     * The privacy is stored.
     *
     * @param privacy the user's privacy
     */
    public record Changed(Privacy privacy) {
        /** Rejects null. */
        public Changed {
            requireNonNull(privacy, "privacy");
        }
    }
}
