package io.roomcast.examples.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Delays the connection between a client and a server on this machine, like a network. */
public final class DelayProxy {
    private static final int BACKLOG = 200;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;
    private final long delayNanos;

    private DelayProxy(int target, long delayNanos) {
        this.target = target;
        this.delayNanos = delayNanos;
    }

    /** Runs until the standard input is closed. The arguments are the server's port and the round trip in milliseconds. */
    public static void main(String[] arguments) throws IOException {
        long millis = Long.parseLong(arguments[1]);
        DelayProxy proxy = new DelayProxy(Integer.parseInt(arguments[0]), TimeUnit.MILLISECONDS.toNanos(millis));
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        proxy.threads.execute(() -> proxy.accept(listener));
        Console.serve(listener.getLocalPort());
        // Ends the threads that wait for connections or bytes.
        System.exit(0);
    }

    private void accept(ServerSocket listener) {
        while (true) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                // One direction has the whole delay, which makes no difference for the client.
                new DelayedPipe(client, server, delayNanos).start(threads);
                new DelayedPipe(server, client, 0).start(threads);
            } catch (IOException refused) {
                System.err.println(refused);
            }
        }
    }
}
