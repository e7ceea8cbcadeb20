package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.model.ChatException;
import java.util.List;

/** Checks read and delivery receipts. */
public final class ReceiptRules {
    private final IdRules ids;

    ReceiptRules(IdRules ids) {
        this.ids = ids;
    }

    public void page(GetReceipts command) {
        FieldRules.pageSize(command.limit());
        if (command.afterUserId() != null) {
            ids.userId(command.afterUserId(), "cursor");
        }
    }

    public void upToSeq(long upToSeq) {
        FieldRules.require(FieldRules.isCount(upToSeq), "upToSeq");
    }

    /** Checks receipts of several conversations. A refusal of a single item names no index: clients may send no list. */
    public void delivered(List<MarkDelivered.Item> items) {
        if (items.isEmpty() || items.size() > MarkDelivered.MAX_ITEMS) {
            throw ChatException.invalid("items", "1 to " + MarkDelivered.MAX_ITEMS + " items");
        }
        if (items.size() == 1) {
            item(items.get(0));
        } else {
            FieldRules.each(items, "items", this::item);
        }
    }

    private void item(MarkDelivered.Item item) {
        ids.conversationId(item.conversationId());
        upToSeq(item.upToSeq());
    }
}
