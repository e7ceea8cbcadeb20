package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.JoinRooms.Result;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.RateLimiter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several rooms joined by one command. */
class ChatServiceJoinRoomsTest {
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.rateLimiter(RateLimiter.tokenBuckets())
            .limits(Limits.builder().pendingBytes(65_536).build()));
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Result> join(JoinRoom... rooms) {
        return fixture.run(ann, new JoinRooms(List.of(rooms))).result().results();
    }

    private static JoinRooms rooms(int count) {
        return new JoinRooms(
                IntStream.range(0, count).mapToObj(i -> JoinRoom.of("room" + i)).toList());
    }

    private void say(String room, String words) {
        fixture.chat().send(room, NewMessage.text("bob", words)).join();
    }

    @Test
    void each_room_has_the_result_of_a_single_join() {
        fixture.chat().create(NewConversation.group("theirs", "Theirs", List.of("bob")));
        say("a", "one");
        say("a", "two");
        TestSession bob = fixture.userIn("b", "bob");
        List<Result> results = join(JoinRoom.after("a", new Position(1, 0)), JoinRoom.of("theirs"), JoinRoom.of("b"));
        assertThat(results).extracting(Result::conversationId).containsExactly("a", "theirs", "b");
        JoinRoom.Joined first = requireNonNull(results.get(0).joined());
        assertThat(requireNonNull(first.missed()).messages())
                .extracting(Message::content)
                .containsExactly("two");
        assertThat(requireNonNull(results.get(1).refusal()).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(requireNonNull(results.get(2).joined()).online()).isEqualTo(2);
        assertThat(fixture.told().comingsToldTo(bob)).contains(new UserJoined("b", "ann", 2));
        say("b", "live");
        assertThat(fixture.told().messagesTo(ann)).hasSize(1);
    }

    @Test
    void all_rooms_that_a_session_may_be_in_are_joined_at_once_and_left_again() {
        int most = Limits.DEFAULT_ROOMS_PER_SESSION;
        assertThat(fixture.run(ann, rooms(most)).result().results()).noneMatch(one -> one.joined() == null);
        IntStream.range(0, most)
                .forEach(i -> fixture.run(ann, new LeaveRoom("room" + i)).result());
    }

    @Test
    void rooms_beyond_the_permits_are_refused_by_themselves() {
        fixture.run(ann, rooms(200)).result();
        List<Result> results = fixture.run(ann, rooms(200)).result().results();
        assertThat(results).last().satisfies(one -> {
            assertThat(requireNonNull(one.refusal()).code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(one.refusal().retryAfter()).isPresent();
        });
        assertThat(results).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void no_rooms_and_too_many_are_refused(int count) {
        assertThat(fixture.run(ann, rooms(count)).refusal().field()).contains("rooms");
    }

    @Test
    void answer_is_no_heavier_than_a_page() {
        List<JoinRoom> wanted = Stream.of("a", "b", "c")
                .map(room -> JoinRoom.after(room, Position.START))
                .toList();
        wanted.forEach(join -> IntStream.range(0, 3).forEach(i -> say(join.conversationId(), "x".repeat(3_000))));
        List<Result> results = fixture.run(ann, new JoinRooms(wanted)).result().results();
        assertThat(results)
                .extracting(one -> requireNonNull(requireNonNull(one.joined()).missed()))
                .extracting(missed -> missed.messages().size(), missed -> missed.hasMore())
                .contains(tuple(3, false))
                .contains(tuple(0, true));
    }

    @Test
    void room_that_is_named_twice_is_joined_once() {
        assertThat(join(JoinRoom.of("a"), JoinRoom.of("a"))).noneMatch(one -> one.joined() == null);
        assertThat(fixture.chat().stats().rooms()).isEqualTo(1);
    }
}
