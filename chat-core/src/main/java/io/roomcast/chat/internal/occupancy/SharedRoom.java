package io.roomcast.chat.internal.occupancy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.NodeState;
import io.roomcast.chat.internal.cluster.NodeState.RoomState;
import io.roomcast.chat.internal.cluster.NodeState.RoomUser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A room on several nodes. Safe for use by any thread.
 *
 * <p>Remembers which users the clients of this node know to be in the room, and compares that with what is the case, so
 * that each join and leave is sent once, whatever caused it.
 */
final class SharedRoom implements NodeStates.Subject {
    /** The most users that a state lists. */
    static final int MAX_LISTED = 200;

    /** The most bytes of the users that a state lists, so that it fits into a frame however long the ids are. */
    static final int MAX_LISTED_BYTES = 40_000;

    private static final int BYTES_BESIDE_ID = 5;

    /** The users of this node, in order of joining. */
    @GuardedBy("this")
    private final Map<String, RoomUser> here = new LinkedHashMap<>();

    /** The size of {@link #here} in a frame. */
    @GuardedBy("this")
    private int bytesHere;

    /** The number of users of this node who joined. */
    @GuardedBy("this")
    private int onlineHere;

    /** The users that clients know to be in the room. */
    @GuardedBy("this")
    private final Set<String> known = new HashSet<>();

    /** The users that clients know to be viewing the room. */
    @GuardedBy("this")
    private final Set<String> knownViewers = new HashSet<>();

    /** The users to compare, whose state changed on another node. */
    @GuardedBy("this")
    private Set<String> changed = new LinkedHashSet<>();

    /** The users who joined or left a node that does not list all of its users. */
    @GuardedBy("this")
    private Map<String, RoomUser> unlisted = new LinkedHashMap<>();

    /** Whether the comparison sends no joins and leaves: a node began or ceased to list all of its users. */
    @GuardedBy("this")
    private boolean isSilent;

    @GuardedBy("this")
    private boolean isScheduled;

    /** Whether the first read of the other nodes' states has ended, successfully or not. */
    private volatile boolean isSettled;

    /** Who joined or left this node last. */
    @Nullable
    @GuardedBy("this")
    private RoomUser last;

    /** Null after a change. */
    @Nullable
    @GuardedBy("this")
    private UsersElsewhere elsewhere;

    private final NodeStates states;
    private final String conversationId;
    private final Channel channel;
    private final RoomUsers.Listener listener;
    private final Consumer<SharedRoom> onChange;

    /**
     * Creates a room without users.
     *
     * @param onChange has {@link #compare} called in the conversation's order
     */
    SharedRoom(NodeStates states, String conversationId, RoomUsers.Listener listener, Consumer<SharedRoom> onChange) {
        this.states = states;
        this.conversationId = conversationId;
        this.listener = listener;
        this.channel = Channel.conversation(conversationId);
        this.onChange = onChange;
    }

    String conversationId() {
        return conversationId;
    }

    @Override
    public synchronized RoomState own(long number) {
        return new RoomState(
                conversationId,
                number,
                onlineHere,
                listed(),
                listener.sessions(conversationId),
                listener.typing(conversationId));
    }

    @GuardedBy("this")
    private List<RoomUser> listed() {
        if (here.size() <= MAX_LISTED && bytesHere <= MAX_LISTED_BYTES) {
            return List.copyOf(here.values());
        }
        return last == null ? fitting() : List.of(last);
    }

    /** Returns those users who began to view first. No user has joined the room on this node yet. */
    @GuardedBy("this")
    private List<RoomUser> fitting() {
        List<RoomUser> users = new ArrayList<>();
        int bytes = 0;
        for (RoomUser user : here.values()) {
            bytes += bytesOf(user.userId());
            if (bytes > MAX_LISTED_BYTES || users.size() == MAX_LISTED) {
                break;
            }
            users.add(user);
        }
        return users;
    }

    private static int bytesOf(String userId) {
        return BYTES_BESIDE_ID + userId.getBytes(UTF_8).length;
    }

    /** Records a join. Returns whether clients do not know the user yet. */
    synchronized boolean join(String userId) {
        last = put(userId, true, isViewingHere(userId));
        return known.add(userId);
    }

    @GuardedBy("this")
    private RoomUser put(String userId, boolean isJoined, boolean isViewing) {
        RoomUser user = new RoomUser(userId, isJoined, isViewing);
        onlineHere += (isJoined ? 1 : 0) - (isJoinedHere(userId) ? 1 : 0);
        RoomUser before = isJoined || isViewing ? here.put(userId, user) : here.remove(userId);
        boolean isHere = here.containsKey(userId);
        if (isHere != (before != null)) {
            bytesHere += isHere ? bytesOf(userId) : -bytesOf(userId);
        }
        return user;
    }

    @GuardedBy("this")
    private boolean isViewingHere(String userId) {
        RoomUser user = here.get(userId);
        return user != null && user.isViewing();
    }

    @GuardedBy("this")
    private boolean isJoinedHere(String userId) {
        RoomUser user = here.get(userId);
        return user != null && user.isJoined();
    }

    /**
     * Records that the user left this node, if so. Returns whether clients know the user, who is in the room on no node
     * any longer.
     */
    synchronized boolean leave(String userId, BooleanSupplier hasLeft) {
        if (hasLeft.getAsBoolean()) {
            last = put(userId, false, isViewingHere(userId));
        }
        return !isJoined(userId) && known.remove(userId);
    }

    /** Records that the user views the room on this node, or no longer does. Returns whether clients do not know that. */
    synchronized boolean view(String userId, boolean isViewing) {
        put(userId, isJoinedHere(userId), isViewing);
        return isViewing ? knownViewers.add(userId) : !isViewing(userId) && knownViewers.remove(userId);
    }

    @GuardedBy("this")
    private boolean isJoined(String userId) {
        return isJoinedHere(userId) || elsewhere().isJoined(userId);
    }

    @GuardedBy("this")
    private boolean isViewing(String userId) {
        return isViewingHere(userId) || elsewhere().isViewing(userId);
    }

    /** Returns the users on the other nodes. */
    synchronized UsersElsewhere elsewhere() {
        UsersElsewhere current = elsewhere;
        if (current == null) {
            current = UsersElsewhere.of(states.others(channel));
            elsewhere = current;
        }
        return current;
    }

    /** Returns the number of users that are in the room. */
    synchronized int online() {
        return onlineHere + elsewhere().online(here);
    }

    @Override
    public void settled() {
        isSettled = true;
    }

    /** Returns whether the first read of the users on other nodes has ended, successfully or not. */
    boolean isSettled() {
        return isSettled;
    }

    @Override
    public void changed(@Nullable NodeState before, @Nullable NodeState after) {
        if (note(before, after)) {
            onChange.accept(this);
        }
    }

    /** Returns whether the caller has the users compared. */
    private synchronized boolean note(@Nullable NodeState before, @Nullable NodeState after) {
        elsewhere = null;
        add(before);
        add(after);
        if (after instanceof RoomState state && state.isPartial() && !isSame(before, state)) {
            state.users().forEach(user -> unlisted.put(user.userId(), user));
        }
        if (here.isEmpty()) {
            // The answer to the first join has these numbers.
            compareAll();
            return false;
        }
        boolean isFirst = !isScheduled;
        isScheduled = true;
        return isFirst;
    }

    private static boolean isSame(@Nullable NodeState before, RoomState after) {
        return before instanceof RoomState state
                && state.online() == after.online()
                && state.users().equals(after.users());
    }

    @GuardedBy("this")
    private void add(@Nullable NodeState state) {
        if (state instanceof RoomState room) {
            room.users().forEach(user -> changed.add(user.userId()));
            isSilent |= room.isPartial();
        }
    }

    /** Calls the listener with what clients do not know yet. Called in the conversation's order. */
    void compare() {
        List<Consumer<RoomUsers.Listener>> calls;
        synchronized (this) {
            isScheduled = false;
            calls = compareAll();
        }
        calls.forEach(call -> call.accept(listener));
        listener.changed(conversationId);
    }

    @GuardedBy("this")
    private List<Consumer<RoomUsers.Listener>> compareAll() {
        List<Consumer<RoomUsers.Listener>> calls = new ArrayList<>();
        changed.forEach(userId -> compare(userId, calls));
        unlisted.forEach((userId, user) -> {
            boolean isJoined = user.isJoined() || isJoined(userId);
            calls.add(
                    isJoined ? call -> call.joined(conversationId, userId) : call -> call.left(conversationId, userId));
        });
        changed = new LinkedHashSet<>();
        unlisted = new LinkedHashMap<>();
        isSilent = false;
        return calls;
    }

    @GuardedBy("this")
    private void compare(String userId, List<Consumer<RoomUsers.Listener>> calls) {
        boolean isJoined = isJoined(userId);
        boolean isViewing = isViewing(userId);
        boolean joins = isJoined && known.add(userId);
        boolean leaves = !isJoined && known.remove(userId);
        if (joins && !isSilent) {
            calls.add(call -> call.joined(conversationId, userId));
        }
        if (isViewing ? knownViewers.add(userId) : knownViewers.remove(userId)) {
            calls.add(call -> call.viewing(conversationId, userId, isViewing));
        }
        if (leaves && !isSilent) {
            calls.add(call -> call.left(conversationId, userId));
        }
    }
}
