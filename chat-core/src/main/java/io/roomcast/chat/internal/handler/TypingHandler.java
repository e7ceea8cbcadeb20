package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.session.CommandContext;
import java.time.Duration;

/** Telling who types; nothing of it is stored. */
public final class TypingHandler {
    private final TypingTracker typing;
    private final Duration timeout;

    public TypingHandler(TypingTracker typing, Duration timeout) {
        this.typing = typing;
        this.timeout = timeout;
    }

    /** A session without a user of its own may name another one now. */
    StartTyping.Started start(StartTyping command, CommandContext call) {
        String conversationId = command.conversationId();
        if (!call.author().equals(typing.typist(conversationId, call.session()))) {
            stop(conversationId, call);
        }
        if (typing.start(conversationId, call.author(), call.session())) {
            call.tellOthers(conversationId, new TypingStarted(conversationId, call.author(), timeout));
        }
        return new StartTyping.Started(timeout);
    }

    private void stop(String conversationId, CommandContext call) {
        typing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new TypingStopped(conversationId, userId)));
    }

    /** Notifies the room even if the user was not typing here, as another server may have sent otherwise. */
    StopTyping.Stopped stop(StopTyping command, CommandContext call) {
        String conversationId = command.conversationId();
        typing.stop(conversationId, call.session());
        if (!typing.isTyping(conversationId, call.author())) {
            call.tellOthers(conversationId, new TypingStopped(conversationId, call.author()));
        }
        return new StopTyping.Stopped();
    }
}
