package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import io.roomcast.chat.testkit.Workers;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nodes that write to one conversation concurrently, over a slow network. */
class ContentionTest extends MongoCase {
    private static final int NODES = 8;
    private static final int ROUNDS = 5;

    private List<MongoProxy> proxies;
    private Message message;

    @BeforeEach
    void connectAll() {
        proxies = IntStream.range(0, NODES)
                .mapToObj(i -> new MongoProxy(server.port(), database.getName()))
                .toList();
        message = storedBy(openStore(), Drafts.text("c", "alice", "hello"));
    }

    @AfterEach
    void disconnectAll() {
        proxies.forEach(MongoProxy::close);
    }

    private void delay(int millis) {
        proxies.forEach(proxy -> proxy.onCommand(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            return Fault.NONE;
        }));
    }

    private interface Write {
        void run(MongoChatStore node, int number, int round);
    }

    private void onAllNodes(Write write) {
        try (Workers workers = new Workers(NODES)) {
            List<Future<?>> writers = IntStream.range(0, NODES)
                    .<Future<?>>mapToObj(number -> workers.submit(() -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            write.run(proxies.get(number).store(), number, round);
                        }
                    }))
                    .toList();
            writers.forEach(Workers::result);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 10})
    void reactions_of_many_nodes_are_all_made(int delayMillis) {
        delay(delayMillis);
        onAllNodes((node, number, round) -> assertThat(
                        node.change(Changes.react(message, "user " + number, "key " + round))
                                .changed())
                .isTrue());

        assertThat(openStore().position("c")).isEqualTo(new Position(1, NODES * ROUNDS));
        assertThat(allOf(openStore(), "c").get(0).reactions()).hasSize(NODES * ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 10})
    void messages_of_many_nodes_are_all_stored(int delayMillis) {
        delay(delayMillis);
        onAllNodes((node, number, round) -> assertThat(append(node, Drafts.text("c", "user " + number, "words")))
                .isInstanceOf(AppendResult.Stored.class));

        assertThat(allOf(openStore(), "c")).extracting(Message::seq).isEqualTo(oneTo(NODES * ROUNDS + 1));
    }
}
