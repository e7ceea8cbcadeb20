package io.roomcast.chat.internal;

import io.roomcast.chat.command.CommandHandler;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;

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
    public GetMessages.Page handle(GetMessages command, Call call) {
        return history.read(command);
    }

    @Override
    public JoinRoom.Joined handle(JoinRoom command, Call call) {
        return rooms.join(command, call);
    }

    @Override
    public LeaveRoom.Left handle(LeaveRoom command, Call call) {
        return rooms.leave(command, call);
    }

    @Override
    public SendMessage.Sent handle(SendMessage command, Call call) {
        return messages.send(command, call);
    }

    @Override
    public StartTyping.Started handle(StartTyping command, Call call) {
        return typing.start(command, call);
    }

    @Override
    public StopTyping.Stopped handle(StopTyping command, Call call) {
        return typing.stop(command, call);
    }
}
