package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The maximum number of commands of each client operation, on a node that has served the room before. */
class ClientCommandCountsTest extends MongoCase {
    private static final int ROOMS = 200;

    private ChatStore store;
    private ChatFixture chat;
    private TestSession ann;

    @BeforeEach
    void openChat() {
        store = openStore();
        start(AccessPolicy.openRooms());
    }

    private void start(AccessPolicy policy) {
        chat = ChatFixture.with(
                builder -> builder.store(store).accessPolicy(policy).rateLimiter(RateLimiter.none()));
        ann = chat.user("ann");
    }

    @AfterEach
    void closeChat() {
        chat.close();
    }

    private void sendTo(List<String> rooms) {
        store.append(
                rooms.stream().map(room -> Drafts.text(room, "bob", "hello")).toList());
    }

    private static List<String> rooms(int count) {
        return IntStream.range(0, count).mapToObj(i -> "room" + i).toList();
    }

    static Stream<Arguments> operations() {
        Position start = new Position(1, 0);
        return Stream.of(
                Arguments.of(1, GetMessages.latest("room0")),
                Arguments.of(1, GetMessages.before("room0", 2)),
                Arguments.of(1, GetMessages.after("room0", 1)),
                Arguments.of(1, GetMessages.around("room0", 1)),
                Arguments.of(1, ChatFixture.text("room0", "hello")),
                Arguments.of(0, StartTyping.of("room0")),
                Arguments.of(0, new LeaveRoom("room0")),
                Arguments.of(5, new GetConversation("room0")),
                Arguments.of(1, new GetReceipts("room0")),
                Arguments.of(2, new MarkRead("room0", 1)),
                Arguments.of(3, JoinRoom.of("room0")),
                Arguments.of(3, JoinRoom.after("room0", new Position(3, 0))),
                Arguments.of(5, JoinRoom.after("room0", start)));
    }

    @ParameterizedTest(name = "{1} takes {0} at most")
    @MethodSource("operations")
    void operation_takes_few_commands(int max, Command<?> command) {
        sendTo(List.of("room0", "room0"));
        chat.run(ann, JoinRoom.of("room0")).result();
        chat.send(ann, "room0", "hello").result();
        commands.clear();

        chat.run(ann, command).result();

        assertThat(commands.names()).hasSizeLessThanOrEqualTo(max);
    }

    /** The first join writes the user's position, together with other receipts and not before the reply. */
    @Test
    void joining_a_room_that_the_user_has_never_read_takes_few_commands() {
        sendTo(List.of("room0"));
        TestSession visitor = chat.user("visitor");
        chat.run(ann, JoinRoom.of("room0")).result();
        commands.clear();

        chat.run(visitor, JoinRoom.of("room0")).result();
        assertThat(commands.names()).hasSizeLessThanOrEqualTo(7).doesNotContain("update");
        commands.clear();
        chat.time().advance(Duration.ofSeconds(5));
        assertThat(commands.names()).containsExactly("update");
        commands.clear();

        chat.run(visitor, JoinRoom.of("room0")).result();
        chat.time().advance(Duration.ofSeconds(5));
        assertThat(commands.names()).hasSizeLessThanOrEqualTo(3).doesNotContain("update");
    }

    @ParameterizedTest
    @EnumSource(RoomKind.class)
    void resuming_many_rooms_without_missed_messages_takes_few_commands(RoomKind kind) {
        kind.prepare(this);
        commands.clear();

        resume(new Position(1, 0));

        assertThat(commands.names()).hasSizeLessThanOrEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(RoomKind.class)
    void resuming_many_rooms_with_missed_messages_takes_few_commands(RoomKind kind) {
        kind.prepare(this);
        sendTo(rooms(ROOMS));
        commands.clear();

        resume(new Position(1, 0));

        assertThat(commands.names()).hasSizeLessThanOrEqualTo(9);
    }

    private void resume(Position after) {
        Map<String, Position> known =
                rooms(ROOMS).stream().collect(Collectors.toMap(Function.identity(), room -> after));
        chat.told().clear();
        chat.engine().resume(ann, new Resume(store.epoch(), known));
        assertThat(chat.told().toldTo(ann)).hasSize(ROOMS).allMatch(RoomSynced.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(RoomKind.class)
    void marking_many_conversations_takes_few_commands(RoomKind kind) {
        kind.prepare(this);
        commands.clear();

        chat.run(
                        ann,
                        new MarkDelivered(rooms(100).stream()
                                .map(room -> new MarkDelivered.Item(room, 1))
                                .toList()))
                .result();

        assertThat(commands.names()).hasSizeLessThanOrEqualTo(8);
    }

    /** The kinds of rooms, on a node that has just started. */
    private enum RoomKind {
        OPEN_ROOMS(AccessPolicy.openRooms(), false),
        GROUPS_AMONG_OPEN_ROOMS(AccessPolicy.openRooms(), true),
        GROUPS(AccessPolicy.membersOnly(), true);

        private final AccessPolicy policy;
        private final boolean groups;

        RoomKind(AccessPolicy policy, boolean groups) {
            this.policy = policy;
            this.groups = groups;
        }

        private void prepare(ClientCommandCountsTest test) {
            if (groups) {
                rooms(ROOMS)
                        .forEach(room ->
                                test.chat.chat().create(NewConversation.group(room, "Group", List.of("ann", "bob"))));
            }
            test.sendTo(rooms(ROOMS));
            test.store = test.openStore();
            test.start(policy);
        }
    }
}
