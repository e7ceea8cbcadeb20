package io.roomcast.chat.internal;

import io.roomcast.chat.command.CommandHandler;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hands each command to the handler of its family. */
final class Handlers implements CommandHandler<Call> {
    private final RoomHandler rooms;
    private final MessageHandler messages;
    private final HistoryHandler history;
    private final TypingHandler typing;

    Handlers(RoomHandler rooms, MessageHandler messages, HistoryHandler history, TypingHandler typing) {
        this.rooms = rooms;
        this.messages = messages;
        this.history = history;
        this.typing = typing;
    }

    @Override
    public CompletionStage<GetMessages.Page> handle(GetMessages command, Call call) {
        return done(history.read(command));
    }

    @Override
    public CompletionStage<JoinRoom.Joined> handle(JoinRoom command, Call call) {
        return done(rooms.join(command, call));
    }

    @Override
    public CompletionStage<LeaveRoom.Left> handle(LeaveRoom command, Call call) {
        return done(rooms.leave(command, call));
    }

    @Override
    public CompletionStage<SendMessage.Sent> handle(SendMessage command, Call call) {
        return messages.send(command, call);
    }

    @Override
    public CompletionStage<StartTyping.Started> handle(StartTyping command, Call call) {
        return done(typing.start(command, call));
    }

    @Override
    public CompletionStage<StopTyping.Stopped> handle(StopTyping command, Call call) {
        return done(typing.stop(command, call));
    }

    private static <R> CompletionStage<R> done(R result) {
        return CompletableFuture.completedFuture(result);
    }
}
