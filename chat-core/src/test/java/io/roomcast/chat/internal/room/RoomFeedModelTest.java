package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Position;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plays random histories of several nodes that share one store and one bus, in virtual time: each client receives
 * every message once and in order, and finally has the stored state.
 *
 * <p>The bus delays, repeats and loses frames, the store is unavailable at times, and a node can crash between storing and
 * publishing a message. A failing history is played again by its number.
 */
@Timeout(120)
class RoomFeedModelTest {
    private static final Duration END = Duration.ofMinutes(2);
    private static final long GONE_MILLIS = 10_000;

    /** One history. */
    private static final class History {
        private final List<String> errors = new ArrayList<>();
        private final List<ModelClient> clients = new ArrayList<>();
        private final VirtualTime time = new VirtualTime();
        private final Random random;
        private final ModelSteps steps;
        private final ModelStore store;
        private final List<ModelNode> nodes;

        private History(long number, int count) {
            random = new Random(number);
            steps = new ModelSteps(time, random, errors);
            store = new ModelStore(random);
            ModelBus bus = new ModelBus(steps, random);
            nodes = IntStream.range(0, count)
                    .mapToObj(i -> new ModelNode(steps, time, store, bus))
                    .toList();
        }

        private List<String> play(int operations, int faults) {
            long end = 0;
            for (int i = 0; i < operations; i++) {
                end += random.nextInt(4) == 0 ? steps.random(0, 60) : steps.random(0, 4);
                steps.at(end, this::operate);
            }
            for (int i = 0; i < faults; i++) {
                steps.at(steps.random(0, end), this::fail);
            }
            if (faults > 2) {
                steps.at(steps.random(0, end), this::crash);
            }
            time.advance(END);
            clients.forEach(client -> client.check(store.all()));
            nodes.forEach(this::checkThatNothingIsLeft);
            return errors;
        }

        private void checkThatNothingIsLeft(ModelNode node) {
            node.leaveAll();
            if (node.isAlive() && node.openFeeds() > 0) {
                errors.add("a node keeps a feed without sessions");
            }
        }

        private ModelNode anyNode() {
            return nodes.get(random.nextInt(nodes.size()));
        }

        private void operate() {
            ModelNode node = anyNode();
            int kind = random.nextInt(100);
            if (!node.isAlive()) {
                return;
            }
            if (kind < 62) {
                node.sendMessage();
            } else if (kind < 80) {
                node.editMessage();
            } else if (kind < 94) {
                joinOrLeave(node, kind);
            }
        }

        private void joinOrLeave(ModelNode node, int kind) {
            if (kind >= 90) {
                node.leave(random.nextInt(100));
                return;
            }
            ModelClient client = new ModelClient("client " + clients.size(), this::sync, errors::add);
            clients.add(client);
            if (random.nextBoolean()) {
                node.join(client);
            } else {
                node.joinAfter(client, knownTo(client));
            }
        }

        /** Returns a position that the client has from an earlier visit. */
        private Position knownTo(ModelClient client) {
            Position head = store.head();
            long seq = steps.random(0, head.seq());
            client.knowAlready(store.all().subList(0, (int) seq));
            return new Position(seq, seq == 0 ? 0 : head.version());
        }

        private void sync(ModelClient client) {
            steps.after(5, 60, () -> client.synced(store.catchUp(Position.START)));
        }

        private void fail() {
            switch (random.nextInt(4)) {
                case 0, 1 -> anyNode().cut(steps.random(5, 3_000));
                case 2 -> {
                    store.setDown(true);
                    steps.after(20, 1_500, () -> store.setDown(false));
                }
                default -> nodes.forEach(node -> node.cut(steps.random(200, 2_500)));
            }
        }

        private void crash() {
            nodes.get(nodes.size() - 1).crash();
            nodes.forEach(node -> steps.after(GONE_MILLIS, GONE_MILLIS + 2_000, node::resync));
        }
    }

    @ParameterizedTest(name = "{0} histories of {1} nodes with {2} operations and {3} faults")
    @CsvSource({"100, 1, 60, 2", "500, 2, 60, 0", "500, 2, 60, 6", "1000, 3, 60, 6", "200, 5, 100, 8", "50, 3, 600, 20"
    })
    void each_client_receives_each_message_once_in_order(int histories, int nodes, int operations, int faults) {
        for (int number = 1; number <= histories; number++) {
            List<String> errors = new History(number, nodes).play(operations, faults);
            assertThat(errors).as("history %d", number).isEmpty();
        }
    }
}
