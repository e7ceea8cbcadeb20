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
 * Reads positions and pages for joins: once for all joins that wait for the same room, and for many rooms with few calls
 * of the store. Safe for use by any thread.
 *
 * <p>The read for a join starts after the join began. So joins that begin during a read share the next one.
 */
final class JoinReadBatcher {
    /** The maximum number of worker threads that read at the same time. */
    private static final int MAX_THREADS = 3;

    /** The maximum number of rooms in one read. */
    private static final int MAX_ROOMS = 250;

    private final Map<String, List<PendingJoin>> waiting = new LinkedHashMap<>();
    private final RoomStateReader reader;
    private final Consumer<PendingJoin> onRead;
    private final ParallelRunner runner;

    /**
     * Creates an idle instance.
     *
     * @param onRead takes each join after its read has succeeded or failed; called by any worker
     */
    JoinReadBatcher(RoomStateReader reader, ConversationLanes lanes, Consumer<PendingJoin> onRead) {
        this.reader = reader;
        this.onRead = onRead;
        this.runner = new ParallelRunner(MAX_THREADS, lanes, this::nextRead, this::refuseAll);
    }

    /** Enqueues a read for each join; never blocks. */
    void read(List<PendingJoin> joins) {
        if (joins.isEmpty()) {
            return;
        }
        synchronized (waiting) {
            joins.forEach(join -> waiting.computeIfAbsent(join.conversationId(), id -> new ArrayList<>(1))
                    .add(join));
        }
        runner.wake();
    }

    private @Nullable Runnable nextRead() {
        Map<String, List<PendingJoin>> rooms = take(MAX_ROOMS);
        return rooms.isEmpty() ? null : () -> read(rooms);
    }

    /** Removes the rooms that have waited longest, with all their joins. */
    private Map<String, List<PendingJoin>> take(int maxRooms) {
        Map<String, List<PendingJoin>> taken = new LinkedHashMap<>();
        synchronized (waiting) {
            Iterator<Map.Entry<String, List<PendingJoin>>> oldest =
                    waiting.entrySet().iterator();
            while (oldest.hasNext() && taken.size() < maxRooms) {
                Map.Entry<String, List<PendingJoin>> room = oldest.next();
                taken.put(room.getKey(), room.getValue());
                oldest.remove();
            }
        }
        return taken;
    }

    private void refuseAll(ChatException stopped) {
        take(Integer.MAX_VALUE).values().forEach(joins -> fail(joins, stopped));
    }

    private void read(Map<String, List<PendingJoin>> rooms) {
        try {
            reader.read(rooms);
        } catch (Throwable failure) {
            readSeparately(rooms, ChatException.from(failure));
            return;
        }
        rooms.values().forEach(joins -> joins.forEach(this::finish));
    }

    /**
     * Reads each room on its own after a common read has failed, so that one unreadable room does not fail the others.
     * Does not call the store again if it was unavailable.
     */
    private void readSeparately(Map<String, List<PendingJoin>> rooms, ChatException failure) {
        if (rooms.size() == 1 || failure.code() != ErrorCode.INTERNAL_ERROR) {
            rooms.values().forEach(joins -> fail(joins, failure));
        } else {
            rooms.forEach((id, joins) -> read(Map.of(id, joins)));
        }
    }

    private void fail(List<PendingJoin> joins, ChatException failure) {
        joins.forEach(join -> {
            join.fail(failure);
            onRead.accept(join);
        });
    }

    /** Passes the join on with its last page. Sends an earlier page to the client, and reads the next one. */
    private void finish(PendingJoin join) {
        if (reader.sendsPage(join)) {
            read(List.of(join));
        } else {
            onRead.accept(join);
        }
    }
}
