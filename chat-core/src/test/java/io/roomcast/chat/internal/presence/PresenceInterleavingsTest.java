package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.fixture.NamedSession;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.internal.room.GapFiller;
import io.roomcast.chat.internal.room.JoinBuffers;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
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
 * However threads take turns while sessions begin, change and end, others know in the end what is true.
 *
 * <p>The registry has a session before anybody can end it; the rest of its beginning races with its end.
 */
@Tag("interleavings")
@Param(name = "who", gen = IntGen.class, conf = "0:1")
public class PresenceInterleavingsTest {
    private static final ChatStore STORE = ChatStore.inMemory();
    private static final int OF_THE_WATCHER = 2;

    private final VirtualTime time = new VirtualTime();
    private final RoomRegistry rooms = new RoomRegistry(1, 200);
    private final PresenceTracker presence = new PresenceTracker(
            rooms,
            new PresenceVisibility(STORE, time.clock(), true),
            new ConversationLanes(new WorkerPool(Runnable::run), 10, 10, id -> {}),
            new Publisher(rooms, new GapFiller(rooms, new JoinBuffers(), STORE), this::hear),
            time.clock(),
            new SafeScheduler(time.scheduler()));
    private final List<NamedSession> sessions =
            List.of(new NamedSession("phone", "ann"), new NamedSession("desk", "ann"));
    private final Set<Session> begun = ConcurrentHashMap.newKeySet();
    private volatile Status heard = Status.OFFLINE;

    /** The framework makes one for each run. */
    public PresenceInterleavingsTest() {
        sessions.forEach(rooms::open);
        NamedSession watcher = new NamedSession("watcher", "bob");
        rooms.open(watcher);
        presence.subscribe(watcher, List.of("ann"));
    }

    private void hear(ChatEvent event, List<Session> recipients) {
        heard = ((PresenceChanged) event).presence().status();
    }

    @Operation(runOnce = true)
    public void beginOnThePhone() {
        begin(0);
    }

    @Operation(runOnce = true)
    public void endOnThePhone() {
        end(0);
    }

    @Operation(runOnce = true)
    public void beginAtTheDesk() {
        begin(1);
    }

    @Operation(runOnce = true)
    public void endAtTheDesk() {
        end(1);
    }

    private void begin(int who) {
        begun.add(sessions.get(who));
        presence.open(sessions.get(who));
    }

    private void end(int who) {
        presence.end(sessions.get(who), rooms.close(sessions.get(who)));
    }

    @Operation
    public void leaveTheKeyboard(@Param(name = "who") int who) {
        set(who, Status.AWAY);
    }

    @Operation
    public void comeBack(@Param(name = "who") int who) {
        set(who, Status.ONLINE);
    }

    private void set(int who, Status status) {
        presence.set("ann", sessions.get(who), status);
        presence.publishPending("ann");
    }

    /** Once all timers are over, whoever watches knows what is seen, and nothing is kept of who is not here. */
    @Validate
    public void validate() {
        time.advance(Duration.ofSeconds(30));
        boolean isHere = begun.stream().anyMatch(rooms::isOpen);
        Status seen = presence.presenceOf("ann").status();
        check(seen == heard, "watchers believe " + heard + " and not " + seen);
        check(isHere == (seen != Status.OFFLINE), "who is here is seen as " + seen);
        check(presence.size() == OF_THE_WATCHER + (isHere ? 1 : 0), "something is left over");
        check(time.timers() == 0, "a timer is left over");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Test
    void watchers_know_in_the_end_what_is_true() {
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
