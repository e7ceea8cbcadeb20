package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.session.CommandContext;
import java.time.Duration;

/** Notifies a room of users who start and stop typing. Stores nothing. */
final class TypingHandler {
    private final TypingTracker typing;
    private final Duration timeout;

    /**
     * Creates a handler.
     *
     * @param timeout how long a user counts as typing without another notice
     */
    TypingHandler(TypingTracker typing, Duration timeout) {
        this.typing = typing;
        this.timeout = timeout;
    }

    /** Starts typing. Stops it first for another user that an anonymous session has named before. */
    StartTyping.Started start(StartTyping command, CommandContext context) {
        String conversationId = command.conversationId();
        if (!context.author().equals(typing.typist(conversationId, context.session()))) {
            stop(conversationId, context);
        }
        if (typing.start(conversationId, context.author(), context.session())) {
            context.sendToOthers(conversationId, new TypingStarted(conversationId, context.author(), timeout));
        }
        return new StartTyping.Started(timeout);
    }

    private void stop(String conversationId, CommandContext context) {
        typing.stop(conversationId, context.session())
                .ifPresent(userId -> context.sendToOthers(conversationId, new TypingStopped(conversationId, userId)));
    }

    /** Stops typing. Notifies the room even if the user was not typing here, as another server may have sent otherwise. */
    StopTyping.Stopped stop(StopTyping command, CommandContext context) {
        String conversationId = command.conversationId();
        typing.stop(conversationId, context.session());
        if (!typing.isTyping(conversationId, context.author())) {
            context.sendToOthers(conversationId, new TypingStopped(conversationId, context.author()));
        }
        return new StopTyping.Stopped();
    }
}
