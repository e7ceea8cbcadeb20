package io.roomcast.chat;

import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The maximum number of a user's sessions counts over all nodes. */
@Timeout(60)
class SessionsOnSeveralNodesTest {
    private static final int NODES = 3;
    private static final int MAX = 4;

    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final List<ChatEngine> nodes =
            Stream.generate(this::node).limit(NODES).toList();

    private ChatEngine node() {
        return ChatEngine.builder()
                .store(store)
                .cluster(network.newBus())
                .limits(Limits.builder().sessionsPerUser(MAX).build())
                .build();
    }

    @BeforeEach
    void awaitCluster() {
        nodes.forEach(node -> await().until(() -> node.service().stats().nodes() == NODES));
    }

    @AfterEach
    void close() {
        nodes.forEach(ChatEngine::close);
        network.close();
    }

    /** A session with a fixed rank. */
    private static final class Ranked implements Session {
        private final Principal principal;
        private final long rank;
        private volatile boolean ended;

        Ranked(String userId, long rank) {
            this.principal = Principal.of(userId);
            this.rank = rank;
        }

        @Override
        public String id() {
            return principal.userId() + rank;
        }

        @Override
        public Principal principal() {
            return principal;
        }

        @Override
        public long surplusRank() {
            return rank;
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private Ranked open(int node, String userId, long rank) {
        Ranked session = new Ranked(userId, rank);
        nodes.get(node).open(session);
        return session;
    }

    private static void awaitEnded(List<Ranked> sessions, List<Ranked> ended) {
        await().until(() -> sessions.stream().filter(session -> session.ended).toList(), ended::equals);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void session_of_the_highest_rank_ends_wherever_it_is(int node) {
        List<Ranked> sessions = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            sessions.add(open(i % NODES, "ann", i % NODES == node && i < NODES ? 100 : i));
        }
        await().during(Duration.ofSeconds(1)).until(() -> sessions.stream().noneMatch(session -> session.ended));
        sessions.add(open(0, "ann", -1));

        awaitEnded(sessions, List.of(sessions.get(node)));
    }

    @Test
    void sessions_of_different_users_do_not_count_together() {
        List<Ranked> sessions = IntStream.range(0, 3 * MAX)
                .mapToObj(i -> open(i % NODES, "user-" + i % NODES, i))
                .toList();

        await().during(Duration.ofSeconds(1)).until(() -> sessions.stream().noneMatch(session -> session.ended));
    }

    @Test
    void sessions_that_open_together_on_all_nodes_are_limited_to_the_maximum() {
        List<Ranked> sessions = IntStream.range(0, NODES * MAX)
                .mapToObj(i -> open(i % NODES, "ann", i))
                .toList();

        awaitEnded(sessions, sessions.subList(MAX, sessions.size()));
        await().during(Duration.ofSeconds(1))
                .until(() -> sessions.stream().filter(session -> !session.ended).count() == MAX);
    }
}
