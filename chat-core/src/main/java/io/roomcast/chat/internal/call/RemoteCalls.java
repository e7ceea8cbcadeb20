package io.roomcast.chat.internal.call;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.room.Cluster;
import io.roomcast.chat.model.CallPeer;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what other nodes changed about calls, in the order of each call. Called on a thread of the bus; never blocks. */
final class RemoteCalls implements Cluster.CallListener {
    private static final Logger log = LoggerFactory.getLogger(RemoteCalls.class);

    private final ConversationLanes lanes;
    private final CallDevices devices;
    private final CallSignals signals;
    private final Consumer<CallNotice> announcer;
    private final Consumer<CallDevice> returned;

    /**
     * Creates a listener.
     *
     * @param announcer notifies the sessions of this node
     * @param returned receives devices that are connected to this node, although another one considers them away
     */
    RemoteCalls(
            ConversationLanes lanes,
            CallDevices devices,
            CallSignals signals,
            Consumer<CallNotice> announcer,
            Consumer<CallDevice> returned) {
        this.lanes = lanes;
        this.devices = devices;
        this.signals = signals;
        this.announcer = announcer;
        this.returned = returned;
    }

    @Override
    public void changed(List<String> fields) {
        receive(() -> {
            CallNotice notice = CallFields.readNotice(fields);
            boolean unused = lanes.tryExecute(CallChanges.laneOf(notice.callId()), () -> apply(notice));
        });
    }

    /** A device that another node has taken over is no longer on this one, unless it has returned since. */
    private void apply(CallNotice notice) {
        notice.facts().stream()
                .filter(fact -> fact.kind() == CallFact.Kind.MOVED && fact.peer() != null)
                .flatMap(fact -> devices.find(notice.callId(), fact.peer().participantId()).stream())
                .filter(device -> device.connectedAt() < notice.revision())
                .forEach(device -> devices.remove(notice.callId(), device.participantId()));
        announcer.accept(notice);
        notice.peers().stream()
                .filter(CallPeer::away)
                .flatMap(peer -> devices.find(notice.callId(), peer.participantId()).stream())
                .filter(device -> device.session() != null)
                .forEach(returned);
    }

    /** The participant learns that a signal is lost by its number, which the next one does not follow. */
    @Override
    public void signalled(List<String> fields) {
        receive(() -> {
            CallFields.Signal received = CallFields.readSignal(fields);
            boolean isAccepted = lanes.tryExecute(
                    CallChanges.laneOf(received.signal().callId()),
                    () -> signals.deliver(received.signal(), received.from()));
            if (!isAccepted) {
                signals.lose(received.signal());
            }
        });
    }

    private static void receive(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException malformed) {
            log.debug("ignored a notice about a call: {}", malformed.getClass().getName());
        }
    }
}
