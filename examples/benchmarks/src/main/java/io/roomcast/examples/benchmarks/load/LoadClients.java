package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The clients of a load, in their rooms. Confined to the event loop. */
final class LoadClients {
    private static final long FIRST_PROBE_MILLIS = 200;

    private final int run = ThreadLocalRandom.current().nextInt();
    private final DeliveryCounter deliveries = new DeliveryCounter();
    private final List<LoadRoom> rooms = new ArrayList<>();
    private final EventLoop loop;
    private final LoadPlan plan;
    private final List<Dialer> dialers;

    @Nullable
    private Pace pace;

    private boolean closing;
    private int lostConnections;

    LoadClients(EventLoop loop, LoadPlan plan, List<InetSocketAddress> servers) {
        this.loop = loop;
        this.plan = plan;
        this.dialers = servers.stream().map(this::dialer).toList();
    }

    private Dialer dialer(InetSocketAddress server) {
        return plan.transport() == LoadPlan.Transport.POLLING
                ? new PollingDialer(loop, server)
                : new WebSocketDialer(loop, server);
    }

    /** Connects all clients, which then join their rooms. Runs {@code done} once each receives its room's messages. */
    void connect(Runnable done) {
        ConnectQueue queue = new ConnectQueue(loop, () -> awaitJoined(done, FIRST_PROBE_MILLIS));
        for (int i = 0; i < plan.rooms(); i++) {
            LoadRoom room =
                    new LoadRoom("room-" + Integer.toHexString(run) + "-" + i, run, deliveries, this::connectionLost);
            room.populate(plan, dialers.size(), queue::connected);
            rooms.add(room);
            room.members().forEach(member -> queue.add(() -> member.dial(dialers.get(member.node()))));
        }
        queue.start();
    }

    /** Doubles the pause between probes, so that a server that starts slowly does not collect a backlog of them. */
    private void awaitJoined(Runnable done, long pauseMillis) {
        List<LoadRoom> incomplete =
                rooms.stream().filter(room -> !room.isComplete()).toList();
        if (incomplete.isEmpty()) {
            done.run();
        } else {
            incomplete.forEach(room -> room.probe(plan));
            loop.schedule(() -> awaitJoined(done, 2 * pauseMillis), pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void connectionLost() {
        lostConnections += closing ? 0 : 1;
    }

    /** Starts to send. */
    void start() {
        Pace chosen = plan.inFlight() > 0
                ? new ClosedLoop(loop, plan.inFlight(), plan.messagesPerSender())
                : new FixedRate(loop, plan.messagesPerSecond());
        pace = chosen;
        rooms.forEach(room -> room.setPace(chosen));
        chosen.start(senders());
    }

    /** Returns all senders, ordered by their index within their room. */
    private List<MessageSender> senders() {
        return IntStream.range(0, plan.sendersPerRoom())
                .boxed()
                .flatMap(index -> rooms.stream().map(room -> room.senders().get(index)))
                .toList();
    }

    /** Sends no more messages. */
    void stop() {
        if (pace != null) {
            pace.stop();
        }
    }

    /** Turns the recording of latencies on or off. */
    void recordLatency(boolean enabled) {
        deliveries.recordLatency(enabled);
    }

    Progress progress() {
        long expected = rooms.stream().mapToLong(LoadRoom::expected).sum();
        return new Progress(deliveries.delivered(), deliveries.crossed(), deliveries.bytes(), expected);
    }

    LoadReport report() {
        long missing = rooms.stream().mapToLong(LoadRoom::missing).sum();
        return new LoadReport(
                deliveries.delivered(),
                missing,
                deliveries.repeated(),
                deliveries.late(),
                lostConnections,
                deliveries.latency(),
                deliveries.crossedLatency());
    }

    /** Closes all connections. */
    void close() {
        closing = true;
        rooms.forEach(room -> room.members().forEach(RoomClient::close));
    }
}
