package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.session.CommandContext;

/** Telling who looks at a conversation; nothing of it is stored. */
public final class ViewingHandler {
    private final ViewingTracker viewing;

    public ViewingHandler(ViewingTracker viewing) {
        this.viewing = viewing;
    }

    /** Somebody who never had to say who they are may say now that they are somebody else. */
    StartViewing.Viewing start(StartViewing command, CommandContext call) {
        String conversationId = command.conversationId();
        if (!call.author().equals(viewing.viewer(conversationId, call.session()))) {
            tellStopped(conversationId, call);
        }
        if (viewing.start(conversationId, call.author(), call.session())) {
            call.tellOthers(conversationId, new ViewingStarted(conversationId, call.author()));
        }
        return new StartViewing.Viewing(viewing.viewers(conversationId));
    }

    StopViewing.Stopped stop(StopViewing command, CommandContext call) {
        tellStopped(command.conversationId(), call);
        return new StopViewing.Stopped();
    }

    private void tellStopped(String conversationId, CommandContext call) {
        viewing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new ViewingStopped(conversationId, userId)));
    }
}
