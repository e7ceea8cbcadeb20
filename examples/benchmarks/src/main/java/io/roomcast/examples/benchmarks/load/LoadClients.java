package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clients in rooms, and what they send each other; confined to the event loop. */
final class LoadClients {
    private static final long PROBE_MILLIS = 200;

    private final int run = ThreadLocalRandom.current().nextInt();
    private final DeliveryCounter tally = new DeliveryCounter();
    private final List<LoadRoom> rooms = new ArrayList<>();
    private final EventLoop loop;
    private final LoadPlan plan;
    private final Dialer dialer;

    @Nullable
    private Pace pace;

    private boolean leaving;
    private int lost;

    LoadClients(EventLoop loop, LoadPlan plan, InetSocketAddress server) {
        this.loop = loop;
        this.plan = plan;
        this.dialer = plan.transport() == LoadPlan.Transport.POLLING
                ? new PollingDialer(loop, server)
                : new WebSocketDialer(loop, server);
    }

    /**
     * Connects all clients and joins them to their rooms. Runs {@code done} once all of them receive their rooms'
     * messages.
     */
    void assemble(Runnable done) {
        ConnectQueue opening = new ConnectQueue(loop, () -> awaitJoined(done, PROBE_MILLIS));
        for (int i = 0; i < plan.rooms(); i++) {
            LoadRoom room = new LoadRoom("room-" + Integer.toHexString(run) + "-" + i, run, tally, this::lost);
            room.populate(plan, opening::opened);
            rooms.add(room);
            room.members().forEach(member -> opening.add(() -> member.dial(dialer)));
        }
        opening.start();
    }

    /** Sends probes with growing pauses, so that a slow server does not start with a queue of them. */
    private void awaitJoined(Runnable done, long pauseMillis) {
        List<LoadRoom> incomplete =
                rooms.stream().filter(room -> !room.isComplete()).toList();
        if (incomplete.isEmpty()) {
            done.run();
        } else {
            incomplete.forEach(room -> room.probe(plan.contentLength()));
            loop.schedule(() -> awaitJoined(done, 2 * pauseMillis), pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void lost() {
        lost += leaving ? 0 : 1;
    }

    void send() {
        Pace chosen = plan.inFlight() > 0
                ? new ClosedLoop(loop, plan.inFlight(), plan.messagesPerSender())
                : new FixedRate(loop, plan.messagesPerSecond());
        pace = chosen;
        rooms.forEach(room -> room.pacedBy(chosen));
        chosen.start(senders());
    }

    /** All senders, the first ones of all rooms first. */
    private List<MessageSender> senders() {
        return IntStream.range(0, plan.sendersPerRoom())
                .boxed()
                .flatMap(index -> rooms.stream().map(room -> room.senders().get(index)))
                .toList();
    }

    void stop() {
        if (pace != null) {
            pace.stop();
        }
    }

    void timing(boolean wanted) {
        tally.timing(wanted);
    }

    Progress progress() {
        long expected = rooms.stream().mapToLong(LoadRoom::expected).sum();
        return new Progress(tally.delivered(), tally.bytes(), expected);
    }

    LoadReport report() {
        long missing = rooms.stream().mapToLong(LoadRoom::missing).sum();
        return new LoadReport(tally.delivered(), missing, tally.repeated(), tally.late(), lost, tally.latency());
    }

    void leave() {
        leaving = true;
        rooms.forEach(room -> room.members().forEach(RoomClient::close));
    }
}
