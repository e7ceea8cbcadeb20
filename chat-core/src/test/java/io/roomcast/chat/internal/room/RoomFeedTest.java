package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which events a room receives, and when missing ones are read. */
class RoomFeedTest extends RoomFeedCase {
    @Test
    void next_message_is_delivered_immediately() {
        List<Message> messages = stored(2);
        messages.forEach(this::offer);
        assertThat(received).isEqualTo(sent(messages));
        assertThat(time.timers() + reads).isZero();
    }

    @Test
    void message_is_delivered_once() {
        Message message = stored(1).get(0);
        offer(message);
        offer(message);
        feeds.offer(new MessageSent(message), true);
        assertThat(received).hasSize(1);
    }

    @Test
    void early_message_waits_for_those_before_it() {
        List<Message> messages = stored(3);
        offer(messages.get(2));
        offer(messages.get(1));
        assertThat(received).isEmpty();
        offer(messages.get(0));
        assertThat(received).isEqualTo(sent(messages));
        time.advance(DELAY);
        assertThat(reads).isZero();
    }

    @Test
    void change_waits_for_those_before_it() {
        Message message = stored(1).get(0);
        offer(message);
        Message first = edited(message);
        Message second = edited(message);
        offerEdit(second);
        assertThat(received).hasSize(1);
        offerEdit(first);
        assertThat(received)
                .containsExactly(new MessageSent(message), new MessageEdited(first), new MessageEdited(second));
    }

    @Test
    void change_waits_for_its_message() {
        Message message = stored(1).get(0);
        Message changed = edited(message);
        offerEdit(changed);
        assertThat(received).isEmpty();
        offer(message);
        assertThat(received).containsExactly(new MessageSent(message), new MessageEdited(changed));
    }

    @Test
    void events_wait_during_a_pause() {
        List<Message> messages = stored(2);
        feed.pause();
        messages.forEach(this::offer);
        assertThat(received).isEmpty();
        feed.resume();
        assertThat(received).isEqualTo(sent(messages));
    }

    @Test
    void early_events_are_bounded_and_read_instead() {
        List<Message> messages = stored(EarlyEvents.MAX_EVENTS + 10);
        messages.subList(1, messages.size()).forEach(this::offer);
        time.advance(DELAY);
        assertThat(received).isEqualTo(sent(messages));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 10_000, 100_000})
    void early_events_take_a_bounded_number_of_bytes(int length) {
        EarlyEvents<MessageSent> early = new EarlyEvents<>(MessageSent::message);
        for (int seq = 1; seq <= 300; seq++) {
            early.add(seq + 1L, new MessageSent(stored("x".repeat(length))));
        }
        assertThat((long) early.size() * length).isLessThanOrEqualTo(EarlyEvents.MAX_BYTES);
        assertThat(early.size()).isBetween(10, EarlyEvents.MAX_EVENTS);
    }

    @Test
    void events_since_a_read_are_known_while_a_join_is_pending() {
        List<Message> messages = stored(3);
        messages.forEach(this::offer);
        Message changed = edited(messages.get(0));
        offerEdit(changed);
        assertThat(feed.after(new Position(1, 0)))
                .hasValue(new RoomFeed.Rest(List.of(changed, messages.get(1), messages.get(2)), new Position(3, 1)));
    }

    @Test
    void too_many_events_since_a_read_are_not_known() {
        stored(DeliveryLog.MAX_EVENTS + 1).forEach(this::offer);
        assertThat(feed.after(Position.START)).isEmpty();
        assertThat(feed.after(new Position(DeliveryLog.MAX_EVENTS + 1, 0))).isPresent();
    }

    @Test
    void events_since_a_gap_alone_are_known() {
        List<Message> messages = stored(GapFill.MAX_MISSED + 2);
        offer(messages.get(messages.size() - 1));
        time.advance(DELAY);
        assertThat(feed.after(Position.START)).isEmpty();
        assertThat(feed.after(store.position("room"))).isPresent();
    }

    @Test
    void unknown_position_begins_with_the_first_event_and_drops_repeats() {
        RoomFeed other = feeds.acquire("room-2");
        List<Message> messages = stored(3);
        other.offer(new MessageSent(messages.get(0)), true);
        assertThat(received).isEmpty();
        other.offer(new MessageSent(messages.get(1)), false);
        assertThat(received).isEqualTo(sent(messages.subList(1, 2)));
        assertThat(other.position()).isNull();
    }

    @Test
    void feed_lives_as_long_as_the_room_or_a_join() {
        feeds.release(feed);
        assertThat(feeds.size()).isEqualTo(1);
        RoomFeed joining = feeds.acquire("room");
        assertThat(joining).isSameAs(feed);
        rooms.close(session);
        assertThat(feeds.size()).isEqualTo(1);
        feeds.release(joining);
        assertThat(feeds.size()).isZero();
        assertThat(feeds.acquire("room")).isNotSameAs(feed);
    }

    @Test
    void closed_feed_delivers_nothing_and_has_no_timer() {
        List<Message> messages = stored(2);
        offer(messages.get(1));
        assertThat(time.timers()).isEqualTo(1);
        feeds.release(feed);
        rooms.leave("room", session);
        assertThat(time.timers()).isZero();
        feed.offer(new MessageSent(messages.get(0)), false);
        assertThat(received).isEmpty();
    }
}
