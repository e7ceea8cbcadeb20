package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import io.roomcast.chat.testkit.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Concurrent readers see a conversation that is being created either not at all or with all its members. */
class CreationTest extends MongoCase {
    private MongoProxy proxy;
    private MongoChatStore store;
    private MongoChatStore other;

    @BeforeEach
    void openBoth() {
        proxy = new MongoProxy(server.port(), database.getName());
        store = proxy.store();
        other = openStore();
    }

    @AfterEach
    void disconnect() {
        proxy.close();
    }

    static Stream<NewConversation> conversations() {
        return Stream.of(
                NewConversation.direct("alice", "bob"),
                NewConversation.group("g", "Group", List.of("alice", "bob")),
                NewConversation.group("g", "Group", List.of("alice")),
                NewConversation.group(
                        "g",
                        "Group",
                        IntStream.range(0, 100).mapToObj(i -> "user " + i).toList()));
    }

    /** Runs a check before each command of the creation, and after it. */
    private void lookAtEachStep(NewConversation wanted, Consumer<NewConversation> look) {
        List<Throwable> failures = new ArrayList<>();
        proxy.onCommand(() -> {
            try {
                look.accept(wanted);
            } catch (Throwable failure) {
                failures.add(failure);
            }
            return Fault.NONE;
        });
        store.create(wanted);
        look.accept(wanted);

        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void conversation_that_is_there_has_all_its_members(NewConversation wanted) {
        lookAtEachStep(wanted, this::checkMembers);
    }

    private void checkMembers(NewConversation wanted) {
        Optional<Conversation> found = other.conversation(wanted.conversationId());
        if (found.isPresent()) {
            assertThat(found.get().members()).extracting(Member::userId).containsExactlyElementsOf(wanted.memberIds());
            assertThat(other.members(wanted.conversationId()))
                    .isEqualTo(found.get().members());
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void each_member_of_a_conversation_that_is_there_is_known_as_one(NewConversation wanted) {
        String id = wanted.conversationId();
        lookAtEachStep(wanted, made -> {
            if (other.conversation(id).isPresent()) {
                for (int i = 0; i < Math.min(3, wanted.memberIds().size()); i++) {
                    String userId = wanted.memberIds().get(i);
                    assertThat(other.member(id, userId).orElseThrow().role()).isEqualTo(wanted.roleOf(i));
                    assertThat(other.membershipsOf(userId, Set.of(id, "unknown")))
                            .containsOnlyKeys(id);
                }
                assertThat(other.isMember(id, "mallory")).isFalse();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void concurrent_creators_get_the_same_conversation(NewConversation wanted) {
        List<Conversation> made = new ArrayList<>();
        lookAtEachStep(wanted, same -> made.add(other.create(same)));

        assertThat(made).hasSizeGreaterThan(2).allMatch(made.get(0)::equals);
        assertThat(other.members(wanted.conversationId()))
                .hasSize(wanted.memberIds().size());
    }

    @Test
    void initial_member_who_is_added_meanwhile_keeps_the_initial_role() {
        lookAtEachStep(
                NewConversation.group("g", "Group", List.of("alice", "bob")),
                made -> other.addMembers("g", Set.of("alice", "carol")));

        assertThat(other.member("g", "alice").orElseThrow().role()).isEqualTo(Role.OWNER);
        assertThat(other.members("g")).extracting(Member::userId).contains("alice", "bob", "carol");
    }

    @Test
    void role_that_is_changed_meanwhile_is_kept() {
        List<Boolean> given = new ArrayList<>();
        lookAtEachStep(NewConversation.group("g", "Group", List.of("alice", "bob")), made -> {
            if (other.conversation("g").isPresent()) {
                given.add(other.changeRole("g", "bob", Role.ADMIN));
            }
        });

        assertThat(given).isNotEmpty().containsOnly(true);
        assertThat(other.member("g", "bob").orElseThrow().role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void both_get_the_conversation_that_they_make_for_the_two_of_them() {
        ChatEngine one = ChatEngine.builder().store(store).build();
        ChatEngine two = ChatEngine.builder().store(other).build();
        CyclicBarrier start = new CyclicBarrier(2);
        try (Workers workers = new Workers(2)) {
            for (int i = 0; i < 25; i++) {
                String bob = "bob " + i;
                List<Future<Conversation>> made = List.of(
                        workers.call(() -> create(one, start, "alice", bob)),
                        workers.call(() -> create(two, start, bob, "alice")));
                assertThat(made.stream()
                                .map(Workers::result)
                                .map(Conversation::conversationId)
                                .distinct())
                        .hasSize(1);
            }
        } finally {
            one.close(Duration.ZERO);
            two.close(Duration.ZERO);
        }
    }

    private static Conversation create(ChatEngine chat, CyclicBarrier start, String userId, String otherId)
            throws Exception {
        UserSession session = new UserSession(userId);
        chat.open(session);
        CompletableFuture<Conversation> made = new CompletableFuture<>();
        start.await();
        chat.execute(
                session,
                new CreateConversation(null, ConversationKind.DIRECT, null, List.of(otherId), null),
                new Reply<>() {
                    @Override
                    public void succeeded(CreateConversation.Created result) {
                        made.complete(result.conversation());
                    }

                    @Override
                    public void failed(ChatException refusal) {
                        made.completeExceptionally(refusal);
                    }
                });
        return made.get(20, TimeUnit.SECONDS);
    }

    private record UserSession(String id) implements Session {
        @Override
        public Principal principal() {
            return Principal.of(id);
        }

        @Override
        public void end() {}
    }
}
