package io.roomcast.chat.testkit;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.Random;

/** Sends, edits, deletes and reacts in one conversation, each time to some message that is there. */
final class BusyWriter implements Runnable {
    private final ChatStore node;
    private final String conversationId;
    private final int rounds;
    private final String userId;
    private final Random random;

    BusyWriter(ChatStore node, String conversationId, int rounds, int seed) {
        this.node = node;
        this.conversationId = conversationId;
        this.rounds = rounds;
        this.userId = "writer " + seed;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        for (int i = 0; i < rounds; i++) {
            StoreCase.storedIn(node.append(List.of(Drafts.text(conversationId, userId, "message " + i)))
                    .get(0));
            tryTo(someChangeOf(someMessage()));
            tryTo(someChangeOf(someMessage()));
        }
    }

    private Message someMessage() {
        List<Message> page = node.history(new HistoryQuery(conversationId, Anchor.LATEST, 0, 10));
        return page.get(random.nextInt(page.size()));
    }

    private Change someChangeOf(Message message) {
        return switch (random.nextInt(8)) {
            case 0 -> Changes.delete(message, userId);
            case 1, 2, 3 -> Changes.edit(message, userId, "edit " + random.nextInt());
            case 4 -> Changes.unreact(message, userId, "👍");
            default -> Changes.react(message, userId, "👍");
        };
    }

    /** Another writer may have deleted the message by now. */
    private void tryTo(Change change) {
        try {
            node.change(change);
        } catch (ChatException refusal) {
            if (refusal.code() != ErrorCode.MESSAGE_NOT_FOUND) {
                throw refusal;
            }
        }
    }
}
