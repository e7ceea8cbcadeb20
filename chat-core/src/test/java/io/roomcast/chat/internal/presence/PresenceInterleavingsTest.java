package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.fixture.NamedSession;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.room.TestPublishers;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks under all orders of two threads, which open, change and close sessions, that subscribers finally know the user's presence.
 *
 * <p>The registry has a session before any thread can close it. The rest of its opening races with its closing.
 */
@Tag("interleavings")
@Param(name = "who", gen = IntGen.class, conf = "0:1")
public class PresenceInterleavingsTest {
    private static final ChatStore STORE = ChatStore.inMemory();
    private static final int OF_THE_SUBSCRIBER = 2;

    private final VirtualTime time = new VirtualTime();
    private final RoomRegistry rooms = new RoomRegistry(1, 200);
    private final PresenceTracker presence = new PresenceTracker(
            rooms,
            new AllVisible(),
            new NoneHidden(),
            new ConversationLanes(new WorkerPool(Runnable::run), 10, 10, id -> {}),
            TestPublishers.of(rooms, this::receive, time),
            TestPublishers.presence(new SafeScheduler(time.scheduler())),
            time.clock(),
            new SafeScheduler(time.scheduler()));
    private final List<NamedSession> sessions =
            List.of(new NamedSession("phone", "ann"), new NamedSession("desk", "ann"));
    private final Set<Session> opened = ConcurrentHashMap.newKeySet();
    private volatile Status received = Status.OFFLINE;

    /** The framework makes one for each run. */
    public PresenceInterleavingsTest() {
        sessions.forEach(rooms::open);
        NamedSession subscriber = new NamedSession("watcher", "bob");
        rooms.open(subscriber);
        presence.subscribe(subscriber, List.of("ann"));
    }

    private void receive(ChatEvent event, List<Session> recipients) {
        received = ((PresenceChanged) event).presence().status();
    }

    @Operation(runOnce = true)
    public void openOnThePhone() {
        begin(0);
    }

    @Operation(runOnce = true)
    public void closeOnThePhone() {
        end(0);
    }

    @Operation(runOnce = true)
    public void openAtTheDesk() {
        begin(1);
    }

    @Operation(runOnce = true)
    public void closeAtTheDesk() {
        end(1);
    }

    private void begin(int who) {
        opened.add(sessions.get(who));
        presence.open(sessions.get(who));
    }

    private void end(int who) {
        presence.end(sessions.get(who), rooms.close(sessions.get(who)));
    }

    @Operation
    public void becomeAway(@Param(name = "who") int who) {
        set(who, Status.AWAY);
    }

    @Operation
    public void becomeActive(@Param(name = "who") int who) {
        set(who, Status.ONLINE);
    }

    private void set(int who, Status status) {
        presence.set("ann", sessions.get(who), status);
        presence.publishPending("ann");
    }

    /** After all timers, subscribers know the current presence, and nothing is kept of offline users. */
    @Validate
    public void validate() {
        time.advance(Duration.ofSeconds(30));
        boolean isHere = opened.stream().anyMatch(rooms::isOpen);
        Status seen = presence.presenceOf("ann").status();
        check(seen == received, "subscribers believe " + received + " and not " + seen);
        check(isHere == (seen != Status.OFFLINE), "the user is seen as " + seen);
        check(presence.size() == OF_THE_SUBSCRIBER + (isHere ? 1 : 0), "something is left over");
        check(time.timers() == 0, "a timer is left over");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Test
    void subscribers_finally_know_the_presence() {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(50)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
