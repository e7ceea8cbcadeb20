package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.spi.MessageStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What all feeds of one server share.
 *
 * @param target sends an event to the sessions of a room
 * @param reader reads what a room has missed
 * @param workers runs the work of timers
 * @param readDelay returns how long a feed waits for missing events to arrive before it reads them
 */
record FeedParts(
        Target target, Reader reader, Executor workers, SafeScheduler scheduler, Supplier<Duration> readDelay) {
    /** Sends events to rooms. */
    @FunctionalInterface
    interface Target {
        /** Sends the event to the sessions that are in the room now. Must neither block nor throw. */
        void send(String conversationId, ChatEvent event);
    }

    /** Reads missed events. */
    @FunctionalInterface
    interface Reader {
        /** Starts to read the page; must not block. */
        CompletionStage<CatchUp> read(CatchUpQuery query);

        /** Returns a reader that reads from the store, on a worker. */
        static Reader of(MessageStore store, Executor workers) {
            return query -> CompletableFuture.supplyAsync(
                    () -> store.catchUp(List.of(query)).get(0), workers);
        }
    }
}
