package io.roomcast.chat.internal.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records what it receives, or fails. Safe for use by any thread. */
final class RecordingReceiver implements ClusterReceiver {
    private final List<ClusterEvent> events = new CopyOnWriteArrayList<>();
    private final List<Origin> origins = new CopyOnWriteArrayList<>();
    private final List<String> states = new CopyOnWriteArrayList<>();

    @Nullable
    private volatile Error failure;

    List<ClusterEvent> events() {
        return events;
    }

    List<Origin> origins() {
        return origins;
    }

    /** Returns the changes of the connection, oldest first. */
    List<String> states() {
        return states;
    }

    void failWith(Error thrown) {
        failure = thrown;
    }

    private void record(ClusterEvent event, Origin origin) {
        if (failure != null) {
            throw failure;
        }
        events.add(event);
        origins.add(origin);
    }

    @Override
    public void onConnected() {
        states.add("connected");
    }

    @Override
    public void onDisconnected() {
        states.add("disconnected");
    }

    @Override
    public void onUnsent() {
        states.add("unsent");
    }

    @Override
    public void visit(ClusterEvent.MessageStored event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.Change event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.Head event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.Ephemeral event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.RoomEvent event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.UserEvent event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.Receipt event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(NodeState.UserState event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(NodeState.RoomState event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.PresenceUpdate event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.UnreadNotice event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.ConversationNotice event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.Heartbeat event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.NodeLeaving event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.Invalidate event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.Request event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.Response event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.Answer event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.Release event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ControlEvent.UserSessions event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.UploadProgressed event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.UploadEnded event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.UserChange event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.CallChange event, Origin origin) {
        record(event, origin);
    }

    @Override
    public void visit(ClusterEvent.CallSignal event, Origin origin) {
        record(event, origin);
    }
}
