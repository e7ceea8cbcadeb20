package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
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
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** A room with one session, whose feed reads from a store that can fail. */
abstract class RoomFeedCase {
    static final SyncRequired GAP = new SyncRequired("room", SyncRequired.Reason.GAP);
    static final Duration DELAY = Duration.ofMillis(40);

    final FailingStore store = new FailingStore();
    final VirtualTime time = new VirtualTime();
    final List<ChatEvent> received = new ArrayList<>();
    final RoomRegistry rooms = new RoomRegistry(10, 200);
    final TestSession session = TestSession.of("ann");
    int reads;
    CompletionStage<CatchUp> nextPage;
    final RoomFeeds feeds = new RoomFeeds(
            rooms,
            new FeedParts(
                    (conversationId, event) -> received.add(event),
                    this::read,
                    Runnable::run,
                    new SafeScheduler(time.scheduler()),
                    () -> DELAY),
            TestPublishers.subscriptions(new RemoteNodes(), new SafeScheduler(time.scheduler())));
    RoomFeed feed;

    @BeforeEach
    void join() {
        rooms.open(session);
        feed = feeds.acquire("room");
        rooms.join("room", session);
        feed.initialize(Position.START);
    }

    CompletionStage<CatchUp> read(CatchUpQuery query) {
        reads++;
        if (nextPage != null) {
            return nextPage;
        }
        return FeedParts.Reader.of(store, Runnable::run).read(query);
    }

    List<Message> stored(int count) {
        return IntStream.range(0, count).mapToObj(i -> stored("hello")).toList();
    }

    Message stored(String content) {
        long seq = store.position("room").seq() + 1;
        MessageDraft draft =
                new MessageDraft("m" + seq, "room", "ann", "m" + seq, MessageBody.text(content), Instant.EPOCH);
        return ((AppendResult.Stored) store.append(List.of(draft)).get(0)).message();
    }

    Message edited(Message message) {
        return store.change(Changes.edit(message, "ann", "edit " + store.position("room")))
                .message();
    }

    void offer(Message message) {
        feeds.offer(new MessageSent(message), false);
    }

    void offerEdit(Message message) {
        feeds.offer(new MessageEdited(message));
    }

    static List<ChatEvent> sent(List<Message> messages) {
        return messages.stream().<ChatEvent>map(MessageSent::new).toList();
    }
}
