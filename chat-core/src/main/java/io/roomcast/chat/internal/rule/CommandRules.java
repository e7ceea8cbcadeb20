package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.UserCommand;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;

/**
 * Checks the form of commands of clients and the host, without asking the store or the access policy. Safe for use by
 * any thread; never blocks.
 *
 * <p>Every method throws a {@link io.roomcast.chat.model.ChatException} for a form that no caller could be allowed.
 */
public final class CommandRules {
    private final IdRules ids;
    private final ConversationRules conversations;
    private final RuleIndex ofClients;
    private final RuleIndex ofHost;

    public CommandRules(Limits limits) {
        ids = new IdRules(limits.idLength());
        conversations = new ConversationRules(limits, ids);
        ofClients = new RuleIndex(true, limits, ids, conversations);
        ofHost = new RuleIndex(false, limits, ids, conversations);
    }

    /** Checks a command of the host. */
    public void validate(Command<?> command) {
        validate(command, ofHost);
    }

    /** Checks a command of a client. Clients may send fewer types of messages than the host. */
    public void validateFromClient(Command<?> command) {
        validate(command, ofClients);
    }

    private void validate(Command<?> command, RuleIndex rules) {
        if (!(command instanceof UserCommand)) {
            ids.conversationId(command.conversationId());
        }
        command.accept(rules).check();
    }

    /** Checks a conversation that the host creates. */
    public void validate(NewConversation conversation) {
        conversations.create(conversation);
    }

    /** Checks the ids of a conversation and a user. */
    public void member(String conversationId, String userId) {
        ids.conversationId(conversationId);
        ids.userId(userId);
    }

    /** Checks the id of a conversation and a sequence number of it. */
    public void upTo(String conversationId, long upToSeq) {
        ids.conversationId(conversationId);
        FieldRules.require(FieldRules.isCount(upToSeq), "upToSeq");
    }

    /** Checks the id of a user. A refusal names the given field. */
    public void userId(String userId, String field) {
        ids.userId(userId, field);
    }
}
