package io.roomcast.chat.internal.room;

import io.roomcast.chat.fixture.NamedSession;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that concurrent joins and leaves have the results of some sequential order. */
@Tag("interleavings")
@Param(name = "who", gen = IntGen.class, conf = "0:1")
public class RoomRegistryInterleavingsTest {
    private static final String ROOM = "room";

    private final RoomRegistry rooms = new RoomRegistry(2, 200);
    private final List<NamedSession> sessions =
            List.of(new NamedSession("first", "ann"), new NamedSession("last", "ann"));

    /** The framework makes one for each run. */
    public RoomRegistryInterleavingsTest() {
        rooms.open(sessions.get(0));
    }

    private NamedSession session(int who) {
        return sessions.get(who);
    }

    @Operation
    public void open(@Param(name = "who") int who) {
        rooms.open(session(who));
    }

    @Operation
    public int close(@Param(name = "who") int who) {
        return rooms.close(session(who)).size();
    }

    @Operation
    public boolean join(@Param(name = "who") int who) {
        return rooms.join(ROOM, session(who));
    }

    @Operation
    public boolean leave(@Param(name = "who") int who) {
        return rooms.leave(ROOM, session(who));
    }

    @Operation
    public int count() {
        return rooms.sessionsOf(ROOM, "ann");
    }

    @Operation
    public boolean isIn(@Param(name = "who") int who) {
        return rooms.sessionsIn(ROOM).contains(session(who));
    }

    /** All views of the registry agree, and nothing is kept of closed sessions. */
    @Validate
    public void validate() {
        for (NamedSession session : sessions) {
            boolean isOpen = rooms.isOpen(session);
            boolean isIn = rooms.sessionsIn(ROOM).contains(session);
            check(rooms.roomsOf(session).contains(ROOM) == isIn);
            check(isOpen || !isIn);
            check(rooms.sessionsOf("ann").contains(session) == isOpen);
        }
        check(rooms.sessionsOf(ROOM, "ann") == rooms.size(ROOM));
        check(rooms.rooms() == (rooms.size(ROOM) == 0 ? 0 : 1));
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("the registry contradicts itself");
        }
    }

    @Test
    void joins_and_leaves_are_linearizable() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
