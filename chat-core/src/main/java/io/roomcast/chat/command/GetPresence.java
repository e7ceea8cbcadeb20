package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Presence;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Ask who is here.
 *
 * @param userIds the users
 */
public record GetPresence(List<String> userIds) implements UserCommand<GetPresence.Known> {
    /** Copies the lists. */
    public GetPresence {
        userIds = Checks.list(userIds, "userIds");
    }

    @Override
    public <C> CompletionStage<Known> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * Who is here.
     *
     * @param presence one for each user, in the same order
     */
    public record Known(List<Presence> presence) {
        /** Copies the lists. */
        public Known {
            presence = Checks.list(presence, "presence");
        }
    }
}
