package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A node of the model: the real feeds, with the ways of messages, changes and joins around them. */
final class ModelNode {
    private static final String ROOM = "room";
    private static final int MAX_READS = 5;

    /** A task of the conversation's lane; some wait for all messages on their way. */
    private record Task(boolean waits, Runnable start) {}

    private final Map<Session, ModelClient> clients = new HashMap<>();
    private final Queue<Task> lane = new ArrayDeque<>();
    private final RoomRegistry rooms = new RoomRegistry(10, 200);
    private final ModelSteps steps;
    private final ModelStore store;
    private final ModelBus.Link link;
    private final RoomFeeds feeds;
    private boolean alive = true;
    private boolean busy;
    private int commits;
    private int joining;

    ModelNode(ModelSteps steps, VirtualTime time, ModelStore store, ModelBus bus) {
        this.steps = steps;
        this.store = store;
        this.link = bus.link((from, frame) -> receive(frame));
        this.feeds = new RoomFeeds(
                rooms,
                new FeedParts(
                        (conversationId, event) -> send(event),
                        this::read,
                        Runnable::run,
                        new SafeScheduler(time.scheduler()),
                        () -> Duration.ofMillis(steps.random(40, 80))),
                TestPublishers.subscriptions(new RemoteNodes(), new SafeScheduler(time.scheduler())));
    }

    private void send(ChatEvent event) {
        rooms.sessionsIn(ROOM).forEach(session -> clients.get(session).receive(event));
    }

    private CompletionStage<CatchUp> read(CatchUpQuery query) {
        CompletableFuture<CatchUp> page = new CompletableFuture<>();
        steps.after(1, 5, () -> {
            CatchUp found = store.mayRead() ? store.catchUp(query.after()) : null;
            steps.after(1, 5, () -> {
                if (found == null) {
                    page.completeExceptionally(ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
                } else {
                    page.complete(found);
                }
            });
        });
        return page;
    }

    private void receive(Object frame) {
        if (frame instanceof Position head) {
            feeds.noteHead(ROOM, head);
        } else {
            offer((ChatEvent) frame);
        }
    }

    private void offer(ChatEvent event) {
        if (event instanceof MessageSent sent) {
            feeds.offer(sent, false);
        } else {
            feeds.offer((MessageChanged) event);
        }
    }

    private void inLane(boolean waits, Runnable start) {
        lane.add(new Task(waits, start));
        turn();
    }

    private void turn() {
        while (alive
                && !busy
                && !lane.isEmpty()
                && (commits == 0 || !lane.peek().waits())) {
            busy = true;
            lane.remove().start().run();
        }
    }

    private void endTask() {
        busy = false;
        turn();
    }

    void sendMessage() {
        inLane(false, () -> {
            commits++;
            steps.after(1, 8, () -> store(store.append()));
            endTask();
        });
    }

    private void store(Message stored) {
        if (stored == null) {
            endCommit();
            return;
        }
        steps.after(0, 5, () -> {
            publish(new MessageSent(stored));
            endCommit();
        });
    }

    private void endCommit() {
        commits--;
        turn();
    }

    private void publish(ChatEvent event) {
        if (alive) {
            offer(event);
            link.publish(event);
        }
    }

    void editMessage() {
        inLane(
                false,
                () -> steps.after(1, 8, () -> {
                    Message changed = store.edit();
                    if (changed != null) {
                        steps.after(0, 5, () -> publishEdit(changed));
                    } else {
                        endTask();
                    }
                }));
    }

    private void publishEdit(Message changed) {
        publish(new MessageEdited(changed));
        endTask();
    }

    /** Subscribes before the first join reads. */
    private void subscribeThen(Runnable next) {
        joining++;
        steps.after(0, 2, () -> {
            link.subscribe(true);
            next.run();
        });
    }

    void join(ModelClient client) {
        clients.put(client.session(), client);
        rooms.open(client.session());
        RoomFeed feed = feeds.acquire(ROOM);
        subscribeThen(() -> steps.after(1, 4, () -> {
            Position head = store.head();
            steps.after(1, 4, () -> inLane(false, () -> admit(client, feed, head)));
        }));
    }

    private void admit(ModelClient client, RoomFeed feed, Position read) {
        feed.pause();
        Position head = feed.newest(read);
        feed.initialize(head);
        if (!client.isGone()) {
            client.joinedWithHistory(store.catchUp(Position.START));
            rooms.join(ROOM, client.session());
        }
        feed.noteHead(head);
        endJoin(feed);
    }

    private void endJoin(RoomFeed feed) {
        feed.resume();
        feeds.release(feed);
        joining--;
        unsubscribeIfEmpty();
        endTask();
    }

    void joinAfter(ModelClient client, Position after) {
        clients.put(client.session(), client);
        rooms.open(client.session());
        subscribeThen(() -> readForJoin(client, after, 1));
    }

    private void readForJoin(ModelClient client, Position after, int count) {
        RoomFeed feed = feeds.acquire(ROOM);
        steps.after(1, 4, () -> {
            Position head = store.head();
            steps.after(0, 3, () -> {
                CatchUp page = store.catchUp(after);
                steps.after(1, 4, () -> inLane(true, () -> bringUp(client, feed, after, head, page, count)));
            });
        });
    }

    private void bringUp(ModelClient client, RoomFeed feed, Position after, Position head, CatchUp page, int count) {
        feed.reach(head).whenComplete((reached, failure) -> {
            if (failure != null || (count < MAX_READS && feed.after(head).isEmpty())) {
                feeds.release(feed);
                endTask();
                readForJoin(client, after, failure == null ? count + 1 : count);
            } else {
                admitWithPage(client, feed, after, head, page);
            }
        });
    }

    /** The session enters some time after its position is known, while frames arrive. */
    private void admitWithPage(ModelClient client, RoomFeed feed, Position after, Position read, CatchUp page) {
        feed.pause();
        RoomFeed.Rest rest = feed.after(read).orElseThrow();
        List<Message> missed = new ArrayList<>(CatchUpReader.upTo(page, read).messages());
        missed.addAll(rest.messages());
        steps.after(0, 3, () -> {
            feed.initialize(rest.head());
            if (!client.isGone()) {
                client.joined(after.seq(), rest.head().seq(), missed);
                rooms.join(ROOM, client.session());
            }
            endJoin(feed);
        });
    }

    void leave(int which) {
        List<Session> sessions = rooms.sessionsIn(ROOM);
        if (!sessions.isEmpty()) {
            Session session = sessions.get(which % sessions.size());
            clients.get(session).leave();
            rooms.leave(ROOM, session);
            unsubscribeIfEmpty();
        }
    }

    void leaveAll() {
        while (rooms.size(ROOM) > 0) {
            leave(0);
        }
    }

    private void unsubscribeIfEmpty() {
        if (rooms.size(ROOM) == 0 && joining == 0) {
            link.subscribe(false);
        }
    }

    /** Loses the connection to the bus. When it is back, the node compares its position with the store. */
    void cut(long millis) {
        if (alive && link.isUp()) {
            link.cut();
            steps.after(millis, () -> {
                link.connect();
                link.subscribe(alive && feeds.size() > 0);
                steps.after(1, 5, this::resync);
            });
        }
    }

    /** Compares the position with the store, and has the others do so if they may lack frames of this node. */
    void resync() {
        if (!alive) {
            return;
        }
        boolean unconfirmed = link.takeUnconfirmed();
        Position head = store.head();
        steps.after(1, 4, () -> {
            feeds.noteHead(ROOM, head);
            if (unconfirmed) {
                link.publish(head);
            }
        });
    }

    void crash() {
        alive = false;
        link.cut();
        clients.values().forEach(ModelClient::leave);
        rooms.sessionsIn(ROOM).forEach(session -> rooms.leave(ROOM, session));
    }

    boolean isAlive() {
        return alive;
    }

    int openFeeds() {
        return feeds.size();
    }
}
