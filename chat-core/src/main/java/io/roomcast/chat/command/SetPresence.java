package io.roomcast.chat.command;

import io.roomcast.chat.model.Presence;
import java.util.concurrent.CompletionStage;

/**
 * Tell that the user is here, or away from the keyboard.
 *
 * @param status {@link Presence.Status#ONLINE} or {@link Presence.Status#AWAY}
 */
public record SetPresence(Presence.Status status) implements UserCommand<SetPresence.Set> {
    @Override
    public <C> CompletionStage<Set> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * It is noted.
     *
     * @param presence what others see
     */
    public record Set(Presence presence) {}
}
