package io.roomcast.chat.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.ControlEvent.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the frames of other nodes and passes their events on; skips this node's own. Safe for use by any thread. */
final class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    /** The age above which a request is refused. So requests need not be remembered for longer. */
    private static final long MAX_REQUEST_AGE_MILLIS = Duration.ofSeconds(30).toMillis();

    private static final int REMEMBERED_REQUESTS = 10_000;

    private record RequestKey(NodeId node, long id) {}

    private final Frames frames;
    private final Supplier<NodeId> self;
    private final ClusterReceiver receiver;
    private final FrameCounts counts;
    private final Clock clock;

    @GuardedBy("requests")
    private final Set<RequestKey> requests = new LinkedHashSet<>();

    Inbox(Frames frames, Supplier<NodeId> self, ClusterReceiver receiver, FrameCounts counts, Clock clock) {
        this.frames = frames;
        this.self = self;
        this.receiver = receiver;
        this.counts = counts;
        this.clock = clock;
    }

    /** Handles a frame, whatever bytes it holds. Never throws. */
    void accept(String channel, byte[] bytes) {
        if (Frames.isFrom(self.get(), bytes)) {
            return;
        }
        try {
            Frames.Frame frame = frames.decode(channel, bytes);
            checkRequest(frame);
            frame.event().accept(receiver, frame.origin());
            counts.countReceived(clock.millis() - frame.origin().sentAt());
        } catch (RejectedFrame rejected) {
            counts.countDropped(rejected.reason());
        } catch (Throwable fault) {
            failed(fault);
        }
    }

    /** Returns the entries of other nodes. Drops those that no node of this cluster has signed for itself. */
    Map<NodeId, NodeState> entries(Channel channel, Map<String, byte[]> byNode) {
        Map<NodeId, NodeState> entries = new HashMap<>();
        byNode.forEach((node, bytes) -> {
            try {
                Frames.Frame frame = frames.decode(channel.name(), bytes);
                NodeId from = frame.origin().node();
                boolean isForeign = from.toString().equals(node) && !from.equals(self.get());
                if (isForeign && frame.event() instanceof NodeState state) {
                    entries.put(from, state);
                }
            } catch (RejectedFrame rejected) {
                counts.countDropped(rejected.reason());
            }
        });
        return entries;
    }

    private void failed(Throwable fault) {
        counts.countDropped(DropReason.FAILED);
        log.debug("failed to handle a frame", fault);
    }

    private void checkRequest(Frames.Frame frame) {
        if (!(frame.event() instanceof Request request)) {
            return;
        }
        if (Math.abs(clock.millis() - frame.origin().sentAt()) > MAX_REQUEST_AGE_MILLIS) {
            throw new RejectedFrame(DropReason.STALE);
        }
        if (!remember(new RequestKey(frame.origin().node(), request.id()))) {
            throw new RejectedFrame(DropReason.REPEATED);
        }
    }

    /** Returns whether the request is new. */
    private boolean remember(RequestKey request) {
        synchronized (requests) {
            if (!requests.add(request)) {
                return false;
            }
            if (requests.size() > REMEMBERED_REQUESTS) {
                Iterator<RequestKey> oldest = requests.iterator();
                oldest.next();
                oldest.remove();
            }
            return true;
        }
    }
}
