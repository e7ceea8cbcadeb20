package io.roomcast.chat.socketio;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.ClientReplica;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.socketio.raw.RecoveredReplica;
import io.roomcast.chat.testkit.FaultProxy;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client whose connection is cut again and again while much happens: what it has in the end is what is stored. */
@OnEachTransport
class ResumeThroughCutsTest {
    private static final int CUTS = 150;
    private static final int MOST_FRAMES = 25;
    private static final int EVENTS_WHILE_AWAY = 10;
    private static final long TICK_MILLIS = 20;
    private static final long SEED = 20_260_101;

    private final Limits limits =
            Limits.builder().historyPage(1_000).historyPageMax(1_000).build();
    private final ChatServer server = ChatServer.builder()
            .port(0)
            .limits(limits)
            .connectionStateRecovery()
            .build()
            .start();
    private final FaultProxy proxy = new FaultProxy(server.port());
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore events = new Semaphore(0);
    private final Random random = new Random(SEED);
    private volatile boolean done;

    @AfterEach
    void stop() {
        done = true;
        events.release(1);
        ticks.shutdownNow();
        writer.shutdownNow();
        proxy.close();
        server.close();
    }

    @Test
    @Timeout(120)
    void client_that_is_cut_off_150_times_has_everything_once() throws Exception {
        assertHasEverything(new ClientReplica("r", epoch()));
    }

    @Test
    @Timeout(120)
    void stock_client_that_is_cut_off_150_times_has_everything_once() throws Exception {
        assertHasEverything(new RecoveredReplica("r", epoch()));
    }

    private void assertHasEverything(ClientReplica replica) throws Exception {
        live(replica, 0);
        // Several missed events may arrive as one, so one for each frame is not enough.
        ticks.scheduleAtFixedRate(() -> events.release(1), TICK_MILLIS, TICK_MILLIS, MILLISECONDS);
        Future<?> writing = writer.submit(this::write);
        for (int i = 0; i < CUTS; i++) {
            live(replica, random.nextInt(MOST_FRAMES));
        }
        done = true;
        events.release(1);
        writing.get(20, SECONDS);
        List<Message> stored = stored();
        assertThat(stored).hasSizeGreaterThan(CUTS);
        List<String> expected = ClientReplica.expected(stored);
        catchUp(replica, expected);
        assertThat(replica.messages()).isEqualTo(expected);
    }

    /** Reads so many frames, for each of which there is an event, and is cut off while more are on their way. */
    private void live(ClientReplica replica, int frames) {
        try (RawWebSocket socket = open(replica)) {
            for (int i = 0; i < frames; i++) {
                events.release(1);
                replica.receive(socket.nextText());
            }
            events.release(EVENTS_WHILE_AWAY);
            proxy.cut();
            hearTheRest(replica, socket);
        }
    }

    /** What was on its way when the connection was cut arrives or does not. */
    private static void hearTheRest(ClientReplica replica, RawWebSocket socket) {
        try {
            while (true) {
                replica.receive(socket.nextText());
            }
        } catch (UncheckedIOException cut) {
            // all that arrived was received
        }
    }

    /** Ends with the last missing message, or because none arrives. */
    private void catchUp(ClientReplica replica, List<String> expected) {
        try (RawWebSocket socket = open(replica)) {
            while (!replica.messages().equals(expected)) {
                replica.receive(socket.nextText());
            }
        }
    }

    private RawWebSocket open(ClientReplica replica) {
        RawWebSocket socket = RawWebSocket.open(proxy.port());
        socket.nextText();
        replica.connect(socket);
        return socket;
    }

    private void write() {
        Random choice = new Random(SEED + 1);
        List<String> ids = new ArrayList<>();
        for (int i = 0; !done; i++) {
            events.acquireUninterruptibly();
            change(choice, ids, i);
        }
    }

    /** At least one event. */
    private void change(Random choice, List<String> ids, int number) {
        int kind = choice.nextInt(10);
        if (kind < 6 || ids.size() < 2) {
            ids.add(server.chat()
                    .send("r", NewMessage.text("bob", "message " + number))
                    .join()
                    .id());
            return;
        }
        String id = ids.get(choice.nextInt(ids.size()));
        if (kind < 8) {
            server.chat().execute(EditMessage.of("r", id, "edit " + number)).join();
        } else if (kind < 9) {
            server.chat().execute(new AddReaction("r", id, "key")).join();
            server.chat().execute(new RemoveReaction("r", id, "key")).join();
        } else {
            server.chat().execute(new DeleteMessage("r", id)).join();
            ids.remove(id);
        }
    }

    private GetMessages.Page page(long after) {
        return server.chat()
                .execute(new GetMessages("r", null, after, null, null, null))
                .join();
    }

    private String epoch() {
        return page(0).epoch();
    }

    private List<Message> stored() {
        List<Message> stored = new ArrayList<>();
        GetMessages.Page page = page(0);
        stored.addAll(page.messages());
        while (page.hasMore()) {
            page = page(stored.size());
            stored.addAll(page.messages());
        }
        return stored;
    }
}
