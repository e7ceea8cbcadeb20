package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.session.CommandContext;

/** Notifies a room of users who start and stop viewing it. Stores nothing. */
final class ViewingHandler {
    private final ViewingTracker viewing;

    ViewingHandler(ViewingTracker viewing) {
        this.viewing = viewing;
    }

    /** Starts viewing. Stops it first for another user that an anonymous session has named before. */
    StartViewing.Viewing start(StartViewing command, CommandContext context) {
        String conversationId = command.conversationId();
        if (!context.author().equals(viewing.viewer(conversationId, context.session()))) {
            stop(conversationId, context);
        }
        if (viewing.start(conversationId, context.author(), context.session())) {
            context.sendToOthers(conversationId, new ViewingStarted(conversationId, context.author()));
        }
        return new StartViewing.Viewing(viewing.viewers(conversationId));
    }

    StopViewing.Stopped stop(StopViewing command, CommandContext context) {
        stop(command.conversationId(), context);
        return new StopViewing.Stopped();
    }

    private void stop(String conversationId, CommandContext context) {
        viewing.stop(conversationId, context.session())
                .ifPresent(userId -> context.sendToOthers(conversationId, new ViewingStopped(conversationId, userId)));
    }
}
