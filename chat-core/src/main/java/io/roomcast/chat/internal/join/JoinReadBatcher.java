package io.roomcast.chat.internal.join;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.ParallelRunner;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads positions and pages for joins; safe for use by any thread. Reads once for all joins that wait for the same
 * room, and with few calls for many rooms.
 *
 * <p>The read for a join starts after the join began. So joins that begin during a read share the next one.
 */
final class JoinReadBatcher {
    /** The number of worker threads that read at once. */
    private static final int THREADS = 3;

    private static final int MOST_ROOMS = 250;

    private final Map<String, List<PendingJoin>> waiting = new LinkedHashMap<>();
    private final RoomStateReader reader;
    private final Consumer<PendingJoin> whenRead;
    private final ParallelRunner pieces;

    /**
     * Creates a reader without joins.
     *
     * @param whenRead takes each join once its read has succeeded or failed; called by any worker
     */
    JoinReadBatcher(RoomStateReader reader, ConversationLanes lanes, Consumer<PendingJoin> whenRead) {
        this.reader = reader;
        this.whenRead = whenRead;
        this.pieces = new ParallelRunner(THREADS, lanes, this::next, this::stop);
    }

    /** Reads for some joins soon. */
    void read(List<PendingJoin> joins) {
        if (joins.isEmpty()) {
            return;
        }
        synchronized (waiting) {
            joins.forEach(join -> waiting.computeIfAbsent(join.conversationId(), id -> new ArrayList<>(1))
                    .add(join));
        }
        pieces.wake();
    }

    private @Nullable Runnable next() {
        Map<String, List<PendingJoin>> rooms = take(MOST_ROOMS);
        return rooms.isEmpty() ? null : () -> read(rooms);
    }

    private Map<String, List<PendingJoin>> take(int most) {
        Map<String, List<PendingJoin>> taken = new LinkedHashMap<>();
        synchronized (waiting) {
            Iterator<Map.Entry<String, List<PendingJoin>>> oldest =
                    waiting.entrySet().iterator();
            while (oldest.hasNext() && taken.size() < most) {
                Map.Entry<String, List<PendingJoin>> room = oldest.next();
                taken.put(room.getKey(), room.getValue());
                oldest.remove();
            }
        }
        return taken;
    }

    private void stop(ChatException stopped) {
        take(Integer.MAX_VALUE).values().forEach(joins -> fail(joins, stopped));
    }

    private void read(Map<String, List<PendingJoin>> rooms) {
        try {
            reader.read(rooms);
        } catch (Throwable failure) {
            readOneByOne(rooms, ChatException.from(failure));
            return;
        }
        rooms.values().forEach(joins -> joins.forEach(this::read));
    }

    /** A room that cannot be read must not keep the others from being read; a store that is away is asked no more. */
    private void readOneByOne(Map<String, List<PendingJoin>> rooms, ChatException failure) {
        if (rooms.size() == 1 || failure.code() != ErrorCode.INTERNAL_ERROR) {
            rooms.values().forEach(joins -> fail(joins, failure));
        } else {
            rooms.forEach((id, joins) -> read(Map.of(id, joins)));
        }
    }

    private void fail(List<PendingJoin> joins, ChatException failure) {
        joins.forEach(join -> {
            join.fail(failure);
            whenRead.accept(join);
        });
    }

    /** Sends a page to a client that is far behind, and reads the next one. Hands the join over with its last page. */
    private void read(PendingJoin join) {
        if (reader.tellsPage(join)) {
            read(List.of(join));
        } else {
            whenRead.accept(join);
        }
    }
}
