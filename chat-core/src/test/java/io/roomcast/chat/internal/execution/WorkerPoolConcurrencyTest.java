package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.AppendHook;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolConcurrencyTest {
    private static final int LOOPS = 3;
    private static final int TURNS = 100;
    private static final int MESSAGES_A_TURN = 50;
    private static final int MESSAGES = LOOPS * TURNS * MESSAGES_A_TURN;
    private static final int CONVERSATIONS = 20;
    private static final int ONE_OF_SO_MANY_HANGS = 99;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<ScheduledExecutorService> loops = Stream.generate(Executors::newSingleThreadScheduledExecutor)
            .limit(LOOPS)
            .toList();
    private final WorkerPool workers = new WorkerPool(pool);
    private final Map<String, CompletableFuture<Void>> begun = new ConcurrentHashMap<>();
    private final Map<String, List<String>> stored = new ConcurrentHashMap<>();
    private final CommitQueue commits = new CommitQueue(AppendHook.around(ChatStore.inMemory(), this::store));
    private final ConversationLanes lanes = new ConversationLanes(
            workers, MESSAGES, MESSAGES, conversationId -> workers.runOutsideBatch(commits.drainer(conversationId)));

    @AfterEach
    void end() {
        loops.forEach(ExecutorService::shutdownNow);
        pool.shutdownNow();
    }

    /** The lists are not thread-safe: two threads that store one conversation at the same time would break them. */
    private List<AppendResult> store(List<MessageDraft> drafts, ChatStore store) {
        drafts.forEach(draft -> stored.computeIfAbsent(draft.conversationId(), id -> new ArrayList<>())
                .add(draft.content()));
        return store.append(drafts);
    }

    /** A hung task waits for the message behind it, so nothing ends unless another worker is added. */
    @Test
    void every_message_of_every_tick_is_stored_once_and_in_order_while_some_hang_and_some_fail() throws Exception {
        List<Future<?>> turns = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            for (int loop = 0; loop < LOOPS; loop++) {
                turns.add(startTurn(loop, turn));
            }
        }
        awaitAll(turns);

        assertThat(lanes.close(Duration.ofSeconds(50))).isTrue();

        assertThat(stored).isEqualTo(sent());
    }

    private Future<?> startTurn(int loop, int turn) {
        ScheduledExecutorService thread = loops.get(loop);
        return thread.submit(() -> {
            workers.batchPerTick(thread);
            IntStream.range(turn * MESSAGES_A_TURN, (turn + 1) * MESSAGES_A_TURN)
                    .forEach(number -> send(loop, number));
        });
    }

    private static void awaitAll(List<Future<?>> turns) throws ExecutionException, InterruptedException {
        for (Future<?> turn : turns) {
            turn.get();
        }
    }

    private void send(int loop, int number) {
        String conversationId = conversationOf(loop, number);
        MessageDraft draft = Drafts.text(conversationId, "ann", String.valueOf(number));
        lanes.executeSerially(conversationId, LaneTask.message("ann", () -> {
            begun(loop, number).complete(null);
            if (number % ONE_OF_SO_MANY_HANGS == 0) {
                begun(loop, number + 1).join();
            }
            if (fails(number)) {
                throw new IllegalStateException("as it happens");
            }
            return commits.append(draft);
        }));
    }

    private static Map<String, List<String>> sent() {
        Map<String, List<String>> sent = new ConcurrentHashMap<>();
        for (int loop = 0; loop < LOOPS; loop++) {
            for (int number = 0; number < TURNS * MESSAGES_A_TURN; number++) {
                if (!fails(number)) {
                    sent.computeIfAbsent(conversationOf(loop, number), id -> new ArrayList<>())
                            .add(String.valueOf(number));
                }
            }
        }
        return sent;
    }

    private static String conversationOf(int loop, int number) {
        return loop + "-" + number % CONVERSATIONS;
    }

    private static boolean fails(int number) {
        return number == 1_000;
    }

    private CompletableFuture<Void> begun(int loop, int number) {
        return begun.computeIfAbsent(loop + "-" + number, name -> new CompletableFuture<>());
    }
}
