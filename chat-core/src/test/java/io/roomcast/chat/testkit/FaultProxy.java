package io.roomcast.chat.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A TCP proxy on loopback that can lose what passes it. Safe for use by several threads. */
public final class FaultProxy implements AutoCloseable {
    /** Cuts a stream of bytes into what a fault takes whole. */
    public interface Framing {
        /** The next frame, or null at the end of the stream; may block. */
        byte @Nullable [] next(InputStream in) throws IOException;
    }

    /** What becomes of one frame on its way to the server. */
    public enum Fault {
        /** It passes. */
        NONE,
        /** It is lost, and its connection with it. */
        CUT_BEFORE,
        /** It reaches the server, whose answer is lost, and the connection with it. */
        CUT_AFTER
    }

    private static final int CHUNK = 1 << 16;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Gate gate = new Gate();
    private final Gate answerGate = new Gate();
    private final int targetPort;
    private final Framing framing;
    private final int port;
    private volatile Function<byte[], Fault> faults = frame -> Fault.NONE;
    private volatile UnaryOperator<byte[]> answers = UnaryOperator.identity();
    private volatile ServerSocket listener;
    private volatile int rate;

    /** Starts a proxy for a local port. It treats each read as a frame. */
    public FaultProxy(int targetPort) {
        this(targetPort, FaultProxy::available);
    }

    /** Starts a proxy for a local port. */
    public FaultProxy(int targetPort, Framing framing) {
        this.targetPort = targetPort;
        this.framing = framing;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** Where clients connect to; the same for all of the proxy's life. */
    public int port() {
        return port;
    }

    /** Decides about each frame that goes to the server from now on. */
    public void onRequest(Function<byte[], Fault> faults) {
        this.faults = faults;
    }

    /** Changes each frame that the server sends from now on. */
    public void onAnswer(UnaryOperator<byte[]> answers) {
        this.answers = answers;
    }

    /** Ends every connection and refuses new ones. */
    public void down() {
        close(listener);
        cut();
    }

    /** Ends every connection. */
    public void cut() {
        links.forEach(Link::close);
    }

    /** Takes connections again after {@link #down()}. */
    public void up() {
        listener = listen(port);
    }

    /** Holds all bytes back from now on; connections stay. */
    public void stall() {
        gate.shut();
    }

    /** Holds back all bytes of the server from now on; those of clients pass, and connections stay. */
    public void stallAnswers() {
        answerGate.shut();
    }

    /** Lets held bytes pass. */
    public void flow() {
        gate.open();
        answerGate.open();
    }

    /** Limits the rate in each direction of each connection from now on. */
    public void throttle(int bytesPerSecond) {
        rate = bytesPerSecond;
    }

    private void pace(int bytes) {
        int bytesPerSecond = rate;
        if (bytesPerSecond > 0) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond);
        }
    }

    private ServerSocket listen(int wantedPort) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort));
            threads.execute(() -> accept(socket));
            return socket;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                join(socket.accept(), socket);
            } catch (IOException closed) {
                // The listener is closed, so the loop's condition ends it.
            }
        }
    }

    private void join(Socket client, ServerSocket through) {
        try {
            Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), targetPort));
            links.add(link);
            if (through.isClosed()) {
                // down() may have closed the links before this one was added.
                link.close();
                return;
            }
            threads.execute(link::toServer);
            threads.execute(link::toClient);
        } catch (IOException targetGone) {
            close(client);
        }
    }

    @Override
    public void close() {
        down();
        flow();
        threads.shutdownNow();
    }

    private static byte @Nullable [] available(InputStream in) throws IOException {
        byte[] buffer = new byte[CHUNK];
        int read = in.read(buffer);
        return read < 0 ? null : Arrays.copyOf(buffer, read);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception ignored) {
            // It is gone either way.
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void toServer() {
            try {
                pump(client.getInputStream(), server.getOutputStream(), frame -> faults.apply(frame), frame -> frame);
                // Only this direction ends, so that the server reads to the end of what it was sent.
                server.shutdownOutput();
            } catch (IOException gone) {
                close();
            } finally {
                FaultProxy.close(client);
            }
        }

        void toClient() {
            try {
                pump(server.getInputStream(), client.getOutputStream(), frame -> Fault.NONE, this::answer);
            } catch (IOException gone) {
                // The client is cut off already.
            } finally {
                close();
            }
        }

        private byte[] answer(byte[] frame) {
            answerGate.pass();
            return answers.apply(frame);
        }

        private void pump(
                InputStream in, OutputStream out, Function<byte[], Fault> decision, UnaryOperator<byte[]> change)
                throws IOException {
            for (byte[] frame = framing.next(in); frame != null; frame = framing.next(in)) {
                gate.pass();
                pace(frame.length);
                Fault fault = decision.apply(frame);
                if (fault != Fault.CUT_BEFORE) {
                    out.write(change.apply(frame));
                }
                if (fault != Fault.NONE) {
                    return;
                }
            }
        }

        void close() {
            FaultProxy.close(client);
            FaultProxy.close(server);
            links.remove(this);
        }
    }

    private static final class Gate {
        private boolean shut;

        synchronized void shut() {
            shut = true;
        }

        synchronized void open() {
            shut = false;
            notifyAll();
        }

        synchronized void pass() {
            try {
                while (shut) {
                    wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
