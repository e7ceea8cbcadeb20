package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
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
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;

/**
 * Assigns each kind of command its rule. The rules do not repeat the check of the conversation's id.
 *
 * <p>A new command does not compile until it has a rule here, be it {@link Rule#NONE}.
 */
final class RuleIndex implements Command.Visitor<Rule> {
    private final boolean fromClient;
    private final IdRules ids;
    private final MessageRules messages;
    private final HistoryRules history;
    private final ConversationRules conversations;
    private final ReceiptRules receipts;
    private final PresenceRules presence;

    /**
     * Creates the rules for one kind of caller.
     *
     * @param fromClient whether clients send the commands; otherwise the host does, which may do more
     */
    RuleIndex(boolean fromClient, Limits limits, IdRules ids, ConversationRules conversations) {
        this.fromClient = fromClient;
        this.ids = ids;
        this.conversations = conversations;
        this.messages = new MessageRules(limits, ids);
        this.history = new HistoryRules(limits);
        this.receipts = new ReceiptRules(ids);
        this.presence = new PresenceRules(ids);
    }

    @Override
    public Rule visit(AddMembers command) {
        return () -> conversations.addedMembers(command.memberIds());
    }

    @Override
    public Rule visit(AddReaction command) {
        return () -> messages.reaction(command.messageId(), command.key());
    }

    @Override
    public Rule visit(CreateConversation command) {
        return () -> conversations.create(command);
    }

    @Override
    public Rule visit(DeleteMessage command) {
        return () -> ids.messageId(command.messageId());
    }

    @Override
    public Rule visit(EditMessage command) {
        return () -> messages.edit(command);
    }

    @Override
    public Rule visit(GetConversation command) {
        return Rule.NONE;
    }

    @Override
    public Rule visit(GetConversations command) {
        return () -> FieldRules.pageSize(command.limit());
    }

    @Override
    public Rule visit(GetMessages command) {
        return () -> history.page(command);
    }

    @Override
    public Rule visit(GetPresence command) {
        return () -> presence.userIds(command.userIds());
    }

    @Override
    public Rule visit(GetReceipts command) {
        return () -> receipts.page(command);
    }

    @Override
    public Rule visit(JoinRoom command) {
        return () -> history.join(command);
    }

    @Override
    public Rule visit(JoinRooms command) {
        return () -> history.joinAll(command);
    }

    @Override
    public Rule visit(LeaveRoom command) {
        return Rule.NONE;
    }

    @Override
    public Rule visit(MarkDelivered command) {
        return () -> receipts.delivered(command.items());
    }

    @Override
    public Rule visit(MarkRead command) {
        return () -> receipts.upToSeq(command.upToSeq());
    }

    @Override
    public Rule visit(RefreshToken command) {
        return () -> token(command.token());
    }

    private static void token(String token) {
        if (token.isEmpty()) {
            throw ChatException.missing("token");
        }
    }

    @Override
    public Rule visit(RemoveMember command) {
        return () -> ids.userId(command.userId());
    }

    @Override
    public Rule visit(RemoveReaction command) {
        return () -> messages.reaction(command.messageId(), command.key());
    }

    @Override
    public Rule visit(SendMessage command) {
        return () -> send(command);
    }

    private void send(SendMessage command) {
        if (fromClient) {
            messages.sendFromClient(command);
        } else {
            messages.send(command);
        }
    }

    @Override
    public Rule visit(SetPresence command) {
        return Rule.NONE;
    }

    @Override
    public Rule visit(StartTyping command) {
        return Rule.NONE;
    }

    @Override
    public Rule visit(StartViewing command) {
        return Rule.NONE;
    }

    @Override
    public Rule visit(StopTyping command) {
        return Rule.NONE;
    }

    @Override
    public Rule visit(StopViewing command) {
        return Rule.NONE;
    }

    @Override
    public Rule visit(SubscribePresence command) {
        return () -> presence.userIds(command.userIds());
    }

    @Override
    public Rule visit(SyncRoom command) {
        return () -> history.sync(command);
    }

    @Override
    public Rule visit(UnsubscribePresence command) {
        return () -> presence.userIds(command.userIds());
    }

    @Override
    public Rule visit(UpdateConversation command) {
        return () -> conversations.update(command);
    }
}
