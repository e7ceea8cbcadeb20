package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.Preferences;

/** Checks what users prefer. */
public final class AttentionRules {
    private final IdRules ids;
    private final MessageRules messages;

    AttentionRules(IdRules ids, MessageRules messages) {
        this.ids = ids;
        this.messages = messages;
    }

    public void preferences(SetPreferences command) {
        Preferences values = command.values();
        Long unreadFrom = values.unreadFrom();
        FieldRules.require(unreadFrom == null || (unreadFrom > 0 && FieldRules.isCount(unreadFrom)), "unreadFrom");
        if (values.draft() != null) {
            draft(values.draft());
        }
    }

    private void draft(Draft draft) {
        messages.content(draft.content());
        ids.optionalMessageId(draft.replyTo(), "replyTo");
    }
}
