package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changes by several threads, on one node and on several. */
abstract class ConcurrentChangeContract extends StoreCase {
    ConcurrentChangeContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void one_of_two_editors_of_the_same_version_wins() {
        oneOfTwoEditorsWins(store, store);
    }

    @Test
    void one_of_two_editors_on_two_nodes_wins() {
        oneOfTwoEditorsWins(store, otherNode());
    }

    private void oneOfTwoEditorsWins(ChatStore one, ChatStore other) {
        List<Message> all = fill("c", 10);
        try (Workers workers = new Workers(2)) {
            for (Message message : all) {
                assertThat(outcomesOfEditing(message, workers, one, other))
                        .containsExactlyInAnyOrder("DONE", "CONFLICT");
            }
        }

        assertThat(allOf("c")).extracting(Message::version).containsExactlyInAnyOrderElementsOf(oneTo(10));
    }

    private static List<String> outcomesOfEditing(Message message, Workers workers, ChatStore... nodes) {
        CyclicBarrier start = new CyclicBarrier(nodes.length);
        List<Future<String>> editors = Stream.of(nodes)
                .map(node -> workers.call(() -> {
                    start.await();
                    return outcomeOfEditing(message, node);
                }))
                .toList();
        return editors.stream().map(Workers::result).toList();
    }

    private static String outcomeOfEditing(Message message, ChatStore node) {
        try {
            node.change(Changes.edit(message, "alice", "other", 0L));
            return "DONE";
        } catch (ChatException refusal) {
            return refusal.code().name();
        }
    }

    @Test
    void one_of_many_deletions_at_once_counts() {
        Message message = fill("c", 1).get(0);
        try (Workers workers = new Workers(4)) {
            List<Future<ChangeResult>> deletions = IntStream.range(0, 20)
                    .mapToObj(i -> workers.call(() -> store.change(Changes.delete(message, "user " + i))))
                    .toList();
            List<ChangeResult> results = deletions.stream().map(Workers::result).toList();

            assertThat(results).filteredOn(ChangeResult::changed).hasSize(1);
            assertThat(results)
                    .extracting(ChangeResult::message)
                    .containsOnly(allOf("c").get(0));
        }

        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
    }

    @Test
    void reader_of_a_version_reads_its_change() {
        wholeVersionsAreRead(store, store);
    }

    @Test
    void reader_of_a_version_on_another_node_reads_its_change() {
        wholeVersionsAreRead(store, otherNode());
    }

    /** Each message is changed once, so its version identifies the change. */
    private void wholeVersionsAreRead(ChatStore writerNode, ChatStore readerNode) {
        List<Message> all = fill("c", 80);
        try (Workers workers = new Workers(4)) {
            all.forEach(message -> workers.submit(() -> writerNode.change(Changes.react(message, "bob", "👍"))));
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> versionThatIsReadWhole(readerNode) == 80);
        }
    }

    private static long versionThatIsReadWhole(ChatStore node) {
        long version = node.position("c").version();
        assertThat(allOf(node, "c")).extracting(Message::version).containsAll(oneTo(version));
        return version;
    }

    @Test
    void reader_that_catches_up_while_others_write_ends_with_the_state() {
        readersEndWithTheState(List.of(store, store, store, store), List.of(store));
    }

    @Test
    void readers_on_every_node_end_with_the_same_state() {
        List<ChatStore> nodes = List.of(store, otherNode(), otherNode());
        readersEndWithTheState(nodes, nodes);

        assertThat(nodes).extracting(node -> node.position("c")).containsOnly(store.position("c"));
        assertThat(nodes).extracting(node -> allOf(node, "c")).containsOnly(allOf("c"));
    }

    private void readersEndWithTheState(List<ChatStore> writerNodes, List<ChatStore> readerNodes) {
        List<Replica> replicas =
                readerNodes.stream().map(node -> new Replica(node, "c")).toList();
        try (Workers workers = new Workers(writerNodes.size())) {
            List<Future<?>> writers = IntStream.range(0, writerNodes.size())
                    .<Future<?>>mapToObj(i -> workers.submit(new BusyWriter(writerNodes.get(i), "c", 25, i)))
                    .toList();
            followWhileBusy(replicas, writers);
            writers.forEach(Workers::result);
        }

        replicas.forEach(replica -> {
            assertThat(replica.catchUp(3).messages()).isEqualTo(allOf("c"));
            assertThat(replica.position()).isEqualTo(store.position("c"));
        });
    }

    private static void followWhileBusy(List<Replica> replicas, List<Future<?>> writers) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    replicas.forEach(ConcurrentChangeContract::readPageWithoutHole);
                    return writers.stream().allMatch(Future::isDone);
                });
    }

    private static void readPageWithoutHole(Replica replica) {
        replica.readPage(3);
        assertThat(seqs(replica.messages())).isEqualTo(oneTo(replica.position().seq()));
    }

    @Test
    void changes_by_two_nodes_are_dense() {
        List<ChatStore> nodes = List.of(store, otherNode());
        List<Message> all = fill("c", 10);
        try (Workers workers = new Workers(4)) {
            List<Future<Long>> changes = IntStream.range(0, 80)
                    .mapToObj(i -> workers.call(() -> nodes.get(i % 2)
                            .change(Changes.react(all.get(i % 10), "user " + i, "👍"))
                            .message()
                            .version()))
                    .toList();

            assertThat(changes.stream().map(Workers::result)).containsExactlyInAnyOrderElementsOf(oneTo(80));
        }

        assertThat(allOf("c"))
                .allSatisfy(
                        message -> assertThat(message.reactions()).hasSize(8).doesNotHaveDuplicates());
    }

    @Test
    void change_by_one_node_is_seen_by_the_other_at_once() {
        ChatStore other = otherNode();
        Message message = fill("c", 1).get(0);
        for (int i = 1; i <= 10; i++) {
            Message edited = (i % 2 == 0 ? store : other)
                    .change(Changes.edit(message, "alice", "edit " + i, i - 1L))
                    .message();

            assertThat(edited.version()).isEqualTo(i);
            assertThat(allOf(store, "c")).containsExactly(edited);
            assertThat(allOf(other, "c")).containsExactly(edited);
        }
    }

    private ChatStore otherNode() {
        needs(StoreHarness.Capability.MULTI_NODE);
        return harness.openAnotherNode();
    }
}
