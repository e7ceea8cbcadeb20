package io.roomcast.chat.internal;

import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import java.time.Duration;

/** Telling who types; nothing of it is stored. */
final class TypingHandler {
    private final TypingTracker typing;
    private final Duration timeout;

    TypingHandler(TypingTracker typing, Duration timeout) {
        this.typing = typing;
        this.timeout = timeout;
    }

    StartTyping.Started start(StartTyping command, Call call) {
        if (typing.start(command.conversationId(), call.author(), call.session())) {
            call.tellOthers(
                    command.conversationId(), new TypingStarted(command.conversationId(), call.author(), timeout));
        }
        return new StartTyping.Started(timeout);
    }

    /** Told even of somebody who was not known to type, as another server's news may say otherwise. */
    StopTyping.Stopped stop(StopTyping command, Call call) {
        typing.stop(command.conversationId(), call.session());
        call.tellOthers(command.conversationId(), new TypingStopped(command.conversationId(), call.author()));
        return new StopTyping.Stopped();
    }
}
