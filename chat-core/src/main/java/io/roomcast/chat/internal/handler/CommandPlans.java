package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.CommandVisitor;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.internal.handler.CommandPlan.Order;

/**
 * Plans how each kind of command runs: in which order, and what happens before it is handled.
 *
 * <p>A new command does not compile until it has a plan here.
 */
final class CommandPlans implements CommandVisitor<CommandPlan> {
    private final MessageHandler messages;
    private final ReceiptHandler receipts;

    CommandPlans(MessageHandler messages, ReceiptHandler receipts) {
        this.messages = messages;
        this.receipts = receipts;
    }

    @Override
    public CommandPlan visit(AddMembers command) {
        return CommandPlan.SERIAL;
    }

    @Override
    public CommandPlan visit(AddReaction command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(CreateConversation command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(DeleteMessage command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(EditMessage command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(GetConversation command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(GetConversations command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(GetMessages command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(GetPresence command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(GetReceipts command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(JoinRoom command) {
        return CommandPlan.IMMEDIATE;
    }

    @Override
    public CommandPlan visit(JoinRooms command) {
        return CommandPlan.IMMEDIATE;
    }

    @Override
    public CommandPlan visit(LeaveRoom command) {
        return CommandPlan.SERIAL;
    }

    @Override
    public CommandPlan visit(MarkDelivered command) {
        return new CommandPlan(Order.CONCURRENT, false, context -> receipts.authorise(command, context));
    }

    /** Checks no members, as a receipt reveals too little to read them for it. */
    @Override
    public CommandPlan visit(MarkRead command) {
        return CommandPlan.SERIAL;
    }

    @Override
    public CommandPlan visit(RefreshToken command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(RemoveMember command) {
        return CommandPlan.SERIAL;
    }

    @Override
    public CommandPlan visit(RemoveReaction command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(SendMessage command) {
        return new CommandPlan(Order.COMMIT, true, context -> messages.prepare(command, context));
    }

    @Override
    public CommandPlan visit(SetPresence command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(StartTyping command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(StartViewing command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(StopTyping command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(StopViewing command) {
        return CommandPlan.SERIAL_AMONG_MEMBERS;
    }

    @Override
    public CommandPlan visit(SubscribePresence command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(SyncRoom command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(UnsubscribePresence command) {
        return CommandPlan.CONCURRENT;
    }

    @Override
    public CommandPlan visit(UpdateConversation command) {
        return CommandPlan.SERIAL;
    }
}
