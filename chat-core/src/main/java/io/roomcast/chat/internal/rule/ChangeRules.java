package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.model.ChatException;

/** The form of commands that change a message; safe for use by any thread. */
final class ChangeRules {
    private static final int KEY_LENGTH = 32;

    private final MessageRules messages;

    ChangeRules(MessageRules messages) {
        this.messages = messages;
    }

    /** Refuses a change that no caller could be allowed; other commands pass. */
    void check(Command<?> command) {
        if (command instanceof EditMessage edit) {
            edit(edit);
        } else if (command instanceof DeleteMessage delete) {
            messages.messageId(delete.messageId());
        } else if (command instanceof AddReaction reaction) {
            reaction(reaction.messageId(), reaction.key());
        } else if (command instanceof RemoveReaction reaction) {
            reaction(reaction.messageId(), reaction.key());
        }
    }

    /** Whether there must be words at all depends on the message. */
    private void edit(EditMessage edit) {
        messages.messageId(edit.messageId());
        messages.content(edit.content());
        messages.metadata(edit.metadata());
        if (edit.expectedVersion() != null && edit.expectedVersion() < 0) {
            throw ChatException.invalid("expectedVersion");
        }
    }

    private void reaction(String messageId, String key) {
        messages.messageId(messageId);
        if (key.isEmpty()) {
            throw ChatException.missing("key");
        }
        if (!NameRules.isName(key, KEY_LENGTH)) {
            throw ChatException.invalid("key", "1 to " + KEY_LENGTH + " UTF-16 units, " + NameRules.NAME);
        }
    }
}
