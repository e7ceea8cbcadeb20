package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Presence;
import java.util.concurrent.CompletionStage;

/**
 * Tell that the user is here, or away from the keyboard.
 *
 * @param status {@link Presence.Status#ONLINE} or {@link Presence.Status#AWAY}
 */
public record SetPresence(Presence.Status status) implements UserCommand<SetPresence.Set> {
    /** Checks that nothing required is null. */
    public SetPresence {
        requireNonNull(status, "status");
    }

    @Override
    public <C> CompletionStage<Set> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * It is noted.
     *
     * @param presence what others see
     */
    public record Set(Presence presence) {
        /** Checks that nothing required is null. */
        public Set {
            requireNonNull(presence, "presence");
        }
    }
}
