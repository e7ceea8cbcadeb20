package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Position;
import org.jspecify.annotations.Nullable;

/** Checks requests for messages: pages of history, and missed messages of joined rooms. */
public final class HistoryRules {
    private final Limits limits;
    private final IdRules ids;

    HistoryRules(Limits limits, IdRules ids) {
        this.limits = limits;
        this.ids = ids;
    }

    /** Checks a request for a page, which may name one anchor at most. */
    public void page(GetMessages get) {
        cursor(get.before(), "before");
        cursor(get.after(), "after");
        cursor(get.around(), "around");
        ids.optionalMessageId(get.aroundId(), "around");
        boolean isAround = get.around() != null || get.aroundId() != null;
        if (get.before() != null && (get.after() != null || isAround)) {
            throw ChatException.invalidCursor("before");
        }
        if (get.after() != null && isAround) {
            throw ChatException.invalidCursor("after");
        }
        if (get.around() != null && get.aroundId() != null) {
            throw ChatException.invalidCursor("around");
        }
        FieldRules.pageSize(get.limit());
    }

    private static void cursor(@Nullable Long seq, String field) {
        if (seq != null && !FieldRules.isCount(seq)) {
            throw ChatException.invalidCursor(field);
        }
    }

    public void sync(SyncRoom sync) {
        if (sync.epoch().isEmpty()) {
            throw ChatException.missing("epoch");
        }
        position(sync.after());
        FieldRules.pageSize(sync.limit());
    }

    public void join(JoinRoom join) {
        if (join.after() != null) {
            position(join.after());
        }
        FieldRules.pageSize(join.limit());
    }

    private static void position(Position after) {
        FieldRules.require(FieldRules.isCount(after.seq()) && FieldRules.isCount(after.version()), "after");
    }

    /** Checks the number of rooms. Each entry is checked on its own later, so that one cannot refuse the others. */
    public void joinAll(JoinRooms command) {
        if (command.size() < 1 || command.size() > limits.roomsPerSession()) {
            throw ChatException.invalid("rooms", "1 to " + limits.roomsPerSession() + " rooms");
        }
    }
}
