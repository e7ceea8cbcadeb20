package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks when a room reads events that did not arrive. */
class RoomFeedReadTest extends RoomFeedCase {
    /** The time until all repeats of a failing read are over. */
    private static final Duration REPEATS = Duration.ofSeconds(8);

    @Test
    void messages_that_do_not_arrive_are_read() {
        List<Message> messages = stored(3);
        offer(messages.get(2));
        time.advance(DELAY.minusMillis(1));
        assertThat(received).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(received).isEqualTo(sent(messages));
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void room_that_advances_waits_again_before_it_reads() {
        List<Message> messages = stored(4);
        offer(messages.get(3));
        time.advance(DELAY.minusMillis(1));
        offer(messages.get(0));
        time.advance(DELAY);
        assertThat(reads).isZero();
        time.advance(DELAY);
        assertThat(received).isEqualTo(sent(messages));
    }

    @Test
    void changes_that_do_not_arrive_are_read_in_their_latest_state() {
        List<Message> messages = stored(2);
        messages.forEach(this::offer);
        edited(messages.get(0));
        Message one = edited(messages.get(0));
        Message other = edited(messages.get(1));
        received.clear();
        offerEdit(other);
        time.advance(DELAY);
        assertThat(received).containsExactly(new MessageEdited(one), new MessageEdited(other));
        assertThat(feed.position()).isEqualTo(new Position(2, 3));
    }

    @Test
    void message_is_read_in_the_state_after_a_change_that_arrived_early() {
        Message message = stored(1).get(0);
        Message changed = edited(message);
        offerEdit(changed);
        time.advance(DELAY);
        assertThat(received).containsExactly(new MessageSent(changed));
    }

    @Test
    void too_many_missed_messages_are_a_gap() {
        List<Message> messages = stored(GapFill.MAX_MISSED + 2);
        offer(messages.get(messages.size() - 1));
        time.advance(DELAY);
        assertThat(received).containsExactly(GAP);
        Message next = stored("next");
        offer(next);
        assertThat(received).containsExactly(GAP, new MessageSent(next));
    }

    @Test
    void failed_read_is_repeated() {
        List<Message> messages = stored(3);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        offer(messages.get(2));
        time.advance(Duration.ofSeconds(3));
        store.recover();
        time.advance(REPEATS);
        assertThat(received).isEqualTo(sent(messages));
        assertThat(reads).isEqualTo(5);
    }

    @Test
    void messages_that_can_never_be_read_are_a_gap() {
        List<Message> messages = stored(3);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        offer(messages.get(2));
        time.advance(REPEATS);
        assertThat(received).containsExactly(GAP);
        assertThat(reads).isEqualTo(6);
        assertThat(time.timers()).isZero();
    }

    @Test
    void position_that_the_store_does_not_have_is_a_gap_at_last() {
        feeds.noteHead("room", new Position(7, 0));
        time.advance(REPEATS);
        assertThat(received).containsExactly(GAP);
        assertThat(reads).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void room_reaches_a_position_without_a_delay(boolean waitsAlready) {
        List<Message> messages = stored(2);
        if (waitsAlready) {
            offer(messages.get(1));
        }
        CompletionStage<?> reached = feed.reach(new Position(2, 0));
        assertThat(reached.toCompletableFuture()).isCompleted();
        assertThat(received).isEqualTo(sent(messages));
        assertThat(time.timers()).isZero();
    }

    @Test
    void reaching_a_position_fails_with_the_read() {
        stored(2);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertFailed(feed.reach(new Position(2, 0)), ErrorCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void reaching_a_position_times_out_and_the_room_receives_its_events_later() {
        List<Message> messages = stored(2);
        CompletableFuture<CatchUp> page = new CompletableFuture<>();
        nextPage = page;
        CompletionStage<?> reached = feed.reach(new Position(2, 0));
        time.advance(GapFill.MAX_WAIT);
        assertFailed(reached, ErrorCode.TIMEOUT);
        page.complete(new CatchUp("room", messages, new Position(2, 0), false, false));
        assertThat(received).isEqualTo(sent(messages));
    }

    @Test
    void read_that_never_returns_is_repeated() {
        List<Message> messages = stored(2);
        CompletableFuture<CatchUp> page = new CompletableFuture<>();
        nextPage = page;
        offer(messages.get(1));
        time.advance(DELAY);
        nextPage = null;
        time.advance(GapFill.MAX_READ.plusSeconds(1));
        assertThat(received).isEqualTo(sent(messages));
        page.complete(new CatchUp("room", messages, new Position(2, 0), false, false));
        assertThat(received).hasSize(2);
        assertThat(time.timers()).isZero();
    }

    private static void assertFailed(CompletionStage<?> stage, ErrorCode code) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void page_that_arrives_during_a_pause_is_read_again() {
        List<Message> messages = stored(2);
        CompletableFuture<CatchUp> page = new CompletableFuture<>();
        nextPage = page;
        offer(messages.get(1));
        time.advance(DELAY);
        feed.pause();
        page.complete(new CatchUp("room", messages, new Position(2, 0), false, false));
        assertThat(received).isEmpty();
        nextPage = null;
        feed.resume();
        time.advance(DELAY);
        assertThat(received).isEqualTo(sent(messages));
    }
}
