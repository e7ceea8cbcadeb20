package io.roomcast.chat.spi;

import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.ReceiptQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores the receipts of one conversation, which need not exist yet. Safe for use by any thread. */
final class InMemoryReceipts {
    private record ReceiptKey(String userId, Kind kind) {
        private static final Comparator<ReceiptKey> ORDER =
                Comparator.comparing(ReceiptKey::userId, ReceiptQuery.ORDER).thenComparing(ReceiptKey::kind);
    }

    private final NavigableMap<ReceiptKey, Receipt> receipts = new TreeMap<>(ReceiptKey.ORDER);

    synchronized void mark(Receipt receipt) {
        raise(receipt);
        if (receipt.kind() == Kind.READ) {
            raise(Receipt.delivered(receipt.conversationId(), receipt.userId(), receipt.upToSeq(), receipt.at()));
        }
    }

    private void raise(Receipt receipt) {
        receipts.merge(
                new ReceiptKey(receipt.userId(), receipt.kind()),
                receipt,
                (before, now) -> now.replaces(before) ? now : before);
    }

    synchronized List<Receipt> page(ReceiptQuery query) {
        List<Receipt> page = new ArrayList<>();
        String last = query.afterUserId();
        int users = 0;
        for (Receipt receipt : after(last).values()) {
            users += receipt.userId().equals(last) ? 0 : 1;
            if (users > query.users()) {
                break;
            }
            last = receipt.userId();
            page.add(receipt);
        }
        return page;
    }

    private Map<ReceiptKey, Receipt> after(@Nullable String userId) {
        Kind[] kinds = Kind.values();
        return userId == null ? receipts : receipts.tailMap(new ReceiptKey(userId, kinds[kinds.length - 1]), false);
    }

    synchronized List<Receipt> of(String userId) {
        return Stream.of(Kind.values())
                .map(kind -> receipts.get(new ReceiptKey(userId, kind)))
                .filter(Objects::nonNull)
                .toList();
    }

    synchronized void erase(String userId) {
        receipts.keySet().removeIf(key -> key.userId().equals(userId));
    }
}
