package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The store of the model: the real one in memory, which is unavailable at times. */
final class ModelStore {
    private static final String ROOM = "room";
    private static final int ALL = 1_000;
    private static final int FAILED_PERCENT = 5;

    private final ChatStore store = ChatStore.inMemory();
    private final Random random;
    private boolean down;

    ModelStore(Random random) {
        this.random = random;
    }

    void setDown(boolean isDown) {
        down = isDown;
    }

    boolean mayRead() {
        return !down && random.nextInt(100) >= FAILED_PERCENT;
    }

    Position head() {
        return store.position(ROOM);
    }

    CatchUp catchUp(Position after) {
        return store.catchUp(List.of(new CatchUpQuery(ROOM, after, ALL))).get(0);
    }

    List<Message> all() {
        return store.history(new HistoryQuery(ROOM, Anchor.AFTER, 0, ALL));
    }

    @Nullable
    Message append() {
        return down
                ? null
                : ((AppendResult.Stored)
                                store.append(Drafts.texts(ROOM, "ann", 1)).get(0))
                        .message();
    }

    /** Edits a message, mostly one of the newest three. */
    @Nullable
    Message edit() {
        List<Message> all = all();
        if (down || all.isEmpty()) {
            return null;
        }
        int newest = Math.min(random.nextInt(4) == 0 ? all.size() : 3, all.size());
        Message message = all.get(all.size() - 1 - random.nextInt(newest));
        return store.change(Changes.edit(message, "ann", "edit " + (head().version() + 1)))
                .message();
    }
}
