package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients that connect over WebSocket and do nothing. The methods block and are for one thread. */
public final class IdleClients implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 40;

    private final ClientLoop loop = new ClientLoop();
    private final List<Client> clients = new ArrayList<>();
    private final Dialer dialer;

    /** Creates an object without clients. */
    public IdleClients(InetSocketAddress server) {
        dialer = new WebSocketDialer(loop.eventLoop(), server);
    }

    /**
     * Connects a number of further clients.
     *
     * @throws TimeoutException if that takes longer than 40 s
     */
    public void connect(int count) throws InterruptedException, TimeoutException {
        CountDownLatch connected = new CountDownLatch(1);
        loop.run(() -> dial(count, connected::countDown));
        if (!connected.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("not all clients could connect");
        }
    }

    private void dial(int count, Runnable whenDone) {
        ConnectQueue queue = new ConnectQueue(loop.eventLoop(), whenDone);
        for (int i = 0; i < count; i++) {
            queue.add(() -> clients.add(new Client(dialer, new Idler(queue::connected))));
        }
        queue.start();
    }

    private void disconnectAll() {
        clients.forEach(Client::disconnect);
        clients.clear();
    }

    /** Disconnects all clients. */
    @Override
    public void close() {
        loop.shutDown(this::disconnectAll);
    }

    private record Idler(Runnable whenConnected) implements Client.Listener {
        @Override
        public void connected(Client client) {
            whenConnected.run();
        }

        @Override
        public void event(ByteBuf bytes, int from, int to) {}

        @Override
        public void closed() {}
    }
}
