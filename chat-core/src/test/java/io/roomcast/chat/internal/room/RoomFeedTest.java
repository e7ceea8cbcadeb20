package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which events a room receives, and when missing ones are read. */
class RoomFeedTest {
    private static final SyncRequired GAP = new SyncRequired("room", SyncRequired.Reason.GAP);
    private static final Duration DELAY = Duration.ofMillis(40);

    /** The time until all repeats of a failing read are over. */
    private static final Duration REPEATS = Duration.ofSeconds(8);

    private final FailingStore store = new FailingStore();
    private final VirtualTime time = new VirtualTime();
    private final List<ChatEvent> received = new ArrayList<>();
    private final RoomRegistry rooms = new RoomRegistry(10, 200);
    private final TestSession session = TestSession.of("ann");
    private int reads;
    private CompletionStage<CatchUp> nextPage;
    private final RoomFeeds feeds = new RoomFeeds(
            rooms,
            new FeedParts(
                    (conversationId, event) -> received.add(event),
                    this::read,
                    Runnable::run,
                    new SafeScheduler(time.scheduler()),
                    () -> DELAY),
            TestPublishers.subscriptions(new RemoteNodes(), new SafeScheduler(time.scheduler())));
    private RoomFeed feed;

    @BeforeEach
    void join() {
        rooms.open(session);
        feed = feeds.acquire("room");
        rooms.join("room", session);
        feed.initialize(Position.START);
    }

    private CompletionStage<CatchUp> read(CatchUpQuery query) {
        reads++;
        if (nextPage != null) {
            return nextPage;
        }
        return FeedParts.Reader.of(store, Runnable::run).read(query);
    }

    private List<Message> stored(int count) {
        return IntStream.range(0, count).mapToObj(i -> stored("hello")).toList();
    }

    private Message stored(String content) {
        long seq = store.position("room").seq() + 1;
        MessageDraft draft =
                new MessageDraft("m" + seq, "room", "ann", "m" + seq, MessageBody.text(content), Instant.EPOCH);
        return ((AppendResult.Stored) store.append(List.of(draft)).get(0)).message();
    }

    private Message edited(Message message) {
        return store.change(Changes.edit(message, "ann", "edit " + store.position("room")))
                .message();
    }

    private void offer(Message message) {
        feeds.offer(new MessageSent(message), false);
    }

    private void offerEdit(Message message) {
        feeds.offer(new MessageEdited(message));
    }

    private static List<ChatEvent> sent(List<Message> messages) {
        return messages.stream().<ChatEvent>map(MessageSent::new).toList();
    }

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
    void events_wait_during_a_pause() {
        List<Message> messages = stored(2);
        feed.pause();
        messages.forEach(this::offer);
        assertThat(received).isEmpty();
        feed.resume();
        assertThat(received).isEqualTo(sent(messages));
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
