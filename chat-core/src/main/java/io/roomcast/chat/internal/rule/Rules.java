package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.Limits;

/**
 * Holds the rules for the form of all fields. Every rule throws a {@link io.roomcast.chat.model.ChatException} that names
 * the field. Safe for use by any thread; never blocks.
 */
public record Rules(
        IdRules ids,
        MessageRules messages,
        HistoryRules history,
        ConversationRules conversations,
        ReceiptRules receipts,
        PresenceRules presence,
        EventRules events,
        AttentionRules attention,
        UploadRules uploads,
        DeviceRules devices,
        CallRules calls) {
    /** Creates the rules. */
    public static Rules of(Limits limits) {
        IdRules ids = new IdRules(limits.idLength());
        MessageRules messages = new MessageRules(limits, ids);
        return new Rules(
                ids,
                messages,
                new HistoryRules(limits, ids),
                new ConversationRules(limits, ids),
                new ReceiptRules(ids),
                new PresenceRules(ids),
                new EventRules(ids),
                new AttentionRules(ids, messages),
                new UploadRules(new AttachmentRules(limits), messages, limits),
                new DeviceRules(),
                new CallRules());
    }
}
