package io.roomcast.chat.socketio;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.RateLimiter;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A program that prints how long a connected user's acks take, and how long a good token does, while clients with bad tokens
 * come back for ever to an authenticator that takes a second to refuse each.
 */
final class AckLatency {
    private static final int ACKS = 1_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private AckLatency() {}

    /** The only argument is the number of clients with bad tokens. */
    public static void main(String[] arguments) {
        int strangers = Integer.parseInt(arguments[0]);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ChatServer server = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .rateLimiter(RateLimiter.none())
                .authenticator(AckLatency::ownerOf)
                .build()
                .start()) {
            RawWebSocket ann = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}");
            IntStream.range(0, 200).forEach(i -> send(ann));
            IntStream.range(0, strangers).forEach(i -> threads.execute(() -> knock(server.port())));
            LockSupport.parkNanos(3 * SECOND);
            print(strangers, ann, server.port());
        } finally {
            threads.shutdownNow();
        }
        System.exit(0);
    }

    private static Principal ownerOf(String token) {
        if (token.equals("bad")) {
            LockSupport.parkNanos(SECOND);
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return Principal.of(token);
    }

    private static void knock(int port) {
        while (!Thread.currentThread().isInterrupted()) {
            try (RawWebSocket socket = RawWebSocket.open(port)) {
                socket.nextText();
                socket.text("40{\"token\":\"bad\"}");
                socket.nextText();
            } catch (RuntimeException refused) {
                LockSupport.parkNanos(SECOND);
            }
        }
    }

    private static void print(int strangers, RawWebSocket ann, int port) {
        long[] nanos =
                IntStream.range(0, ACKS).mapToLong(i -> send(ann)).sorted().toArray();
        long[] entries =
                IntStream.range(0, 20).mapToLong(i -> enter(port)).sorted().toArray();
        System.out.printf(
                "%d strangers: ack p50 %.1f ms, p99 %.1f ms, longest %.1f ms; a good token p50 %.1f ms, longest %.1f ms%n",
                strangers,
                nanos[ACKS / 2] / 1e6,
                nanos[ACKS * 99 / 100] / 1e6,
                nanos[ACKS - 1] / 1e6,
                entries[10] / 1e6,
                Arrays.stream(entries).max().orElseThrow() / 1e6);
    }

    private static long send(RawWebSocket socket) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        long began = System.nanoTime();
        socket.ask(1, "[\"sendMessage\",{\"conversationId\":\"room\",\"content\":\"hello\"}]");
        return System.nanoTime() - began;
    }

    private static long enter(int port) {
        long began = System.nanoTime();
        RawWebSocket.connected(port, "{\"token\":\"bob\"}").close();
        return System.nanoTime() - began;
    }
}
