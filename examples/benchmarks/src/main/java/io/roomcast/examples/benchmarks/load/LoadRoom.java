package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of one room, of which the first are senders. */
final class LoadRoom {
    /** The number of the sender whose messages only show who has joined. */
    private static final int PROBE = 0xffff;

    private final String id;
    private final int run;
    private final DeliveryCounter tally;
    private final Runnable whenLost;
    private final List<RoomClient> members = new ArrayList<>();
    private final List<MessageSender> senders = new ArrayList<>();

    @Nullable
    private Pace pace;

    private int joined;

    LoadRoom(String id, int run, DeliveryCounter tally, Runnable whenLost) {
        this.id = id;
        this.run = run;
        this.tally = tally;
        this.whenLost = whenLost;
    }

    String id() {
        return id;
    }

    List<RoomClient> members() {
        return members;
    }

    List<MessageSender> senders() {
        return senders;
    }

    void populate(LoadPlan plan, Runnable whenConnected) {
        for (int i = 0; i < plan.membersPerRoom(); i++) {
            RoomClient member = new RoomClient(this, plan.sendersPerRoom(), whenConnected);
            members.add(member);
            if (i < plan.sendersPerRoom()) {
                MessagePacket packet = new MessagePacket(id, "user-" + i, run, i, plan.contentLength());
                senders.add(new MessageSender(member, packet, i, plan.membersPerRoom()));
            }
        }
    }

    void pacedBy(Pace pace) {
        this.pace = pace;
    }

    /** Sends a probe, which reaches the members that receive the room's messages. */
    void probe(int contentLength) {
        members.get(0).send(new MessagePacket(id, "probe", run, PROBE, contentLength).stamped(0));
    }

    boolean isComplete() {
        return joined == members.size();
    }

    void arrived(RoomClient member, ByteBuf bytes, int mark, int length) {
        int sender = Stamp.sender(bytes, mark);
        if (Stamp.run(bytes, mark) != run) {
            tally.foreign();
        } else if (sender == PROBE) {
            joined += member.join() ? 1 : 0;
        } else {
            arrived(member, senders.get(sender), Stamp.counter(bytes, mark), length, Stamp.nanos(bytes, mark));
        }
    }

    private void arrived(RoomClient member, MessageSender sender, int counter, int length, long nanos) {
        Sequence.Arrival arrival = member.arrived(sender.index(), counter);
        tally.arrived(arrival, length, nanos);
        if (arrival != Sequence.Arrival.REPEATED && pace != null) {
            pace.delivered(sender, counter);
        }
    }

    long missing() {
        long missing = 0;
        for (RoomClient member : members) {
            for (MessageSender sender : senders) {
                missing += member.missing(sender);
            }
        }
        return missing;
    }

    /** Returns the deliveries that all sent messages will cause. */
    long expected() {
        return senders.stream()
                .mapToLong(sender -> (long) sender.sent() * sender.recipients())
                .sum();
    }

    void lost() {
        whenLost.run();
    }
}
