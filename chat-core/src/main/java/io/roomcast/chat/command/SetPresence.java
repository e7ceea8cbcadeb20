package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Presence;
import java.util.concurrent.CompletionStage;

/**
 * Sets the user's own presence.
 *
 * @param status {@link Presence.Status#ONLINE} or {@link Presence.Status#AWAY}
 */
public record SetPresence(Presence.Status status) implements UserCommand<SetPresence.Set> {
    /** Checks that nothing required is null. */
    public SetPresence {
        requireNonNull(status, "status");
    }

    @Override
    public <C> CompletionStage<Set> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms the presence.
     *
     * @param presence the presence that other users see
     */
    public record Set(Presence presence) {
        /** Checks that nothing required is null. */
        public Set {
            requireNonNull(presence, "presence");
        }
    }
}
