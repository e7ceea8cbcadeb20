package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One room with its clients, the first of which are senders. Confined to the event loop. */
final class LoadRoom {
    /** The sender index of probes, which show which clients have joined. */
    private static final int PROBE = 0xffff;

    private final String id;
    private final int run;
    private final DeliveryCounter deliveries;
    private final Runnable whenLost;
    private final List<RoomClient> members = new ArrayList<>();
    private final List<MessageSender> senders = new ArrayList<>();

    @Nullable
    private Pace pace;

    private int joined;

    LoadRoom(String id, int run, DeliveryCounter deliveries, Runnable whenLost) {
        this.id = id;
        this.run = run;
        this.deliveries = deliveries;
        this.whenLost = whenLost;
    }

    String id() {
        return id;
    }

    /** Returns the user of all clients of the room; empty if they have no token, and name a user themselves. */
    Optional<String> user(LoadPlan plan) {
        return plan.users().map(name -> name + "-" + id);
    }

    List<RoomClient> members() {
        return members;
    }

    List<MessageSender> senders() {
        return senders;
    }

    /** Creates the clients, one after another on each server. */
    void populate(LoadPlan plan, int servers, Runnable whenConnected) {
        for (int i = 0; i < plan.membersPerRoom(); i++) {
            RoomClient member = new RoomClient(this, i % servers, plan, whenConnected);
            members.add(member);
            if (i < plan.sendersPerRoom()) {
                String user = user(plan).orElse("user-" + i);
                MessagePacket packet = new MessagePacket(id, user, run, i, plan.contentLength());
                senders.add(new MessageSender(member, packet, i, plan.membersPerRoom()));
            }
        }
    }

    void setPace(Pace pace) {
        this.pace = pace;
    }

    /** Sends a message that shows which clients receive the room's messages. */
    void probe(LoadPlan plan) {
        String user = user(plan).orElse("probe");
        members.get(0).send(new MessagePacket(id, user, run, PROBE, plan.contentLength()).stamped(0));
    }

    /** Returns whether all clients receive the room's messages. */
    boolean isComplete() {
        return joined == members.size();
    }

    void received(RoomClient member, ByteBuf bytes, int mark, int length) {
        int sender = Stamp.sender(bytes, mark);
        if (Stamp.run(bytes, mark) != run) {
            deliveries.recordForeign();
        } else if (sender == PROBE) {
            joined += member.setJoined() ? 1 : 0;
        } else {
            received(member, senders.get(sender), Stamp.counter(bytes, mark), length, Stamp.nanos(bytes, mark));
        }
    }

    private void received(RoomClient member, MessageSender sender, int counter, int length, long nanos) {
        Sequence.Arrival arrival = member.received(sender.index(), counter);
        deliveries.record(arrival, length, nanos, member.node() != sender.node());
        if (arrival != Sequence.Arrival.REPEATED && pace != null) {
            pace.delivered(sender, counter);
        }
    }

    /** Returns the number of deliveries that are missing. */
    long missing() {
        long missing = 0;
        for (RoomClient member : members) {
            for (MessageSender sender : senders) {
                missing += member.missing(sender);
            }
        }
        return missing;
    }

    /** Returns the number of deliveries once all messages sent so far have arrived. */
    long expected() {
        return senders.stream()
                .mapToLong(sender -> (long) sender.sent() * sender.recipients())
                .sum();
    }

    /** Records that a client's connection has ended. */
    void connectionLost() {
        whenLost.run();
    }
}
