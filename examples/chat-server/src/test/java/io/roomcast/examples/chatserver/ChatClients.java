package io.roomcast.examples.chatserver;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Twenty who write up to ten messages a second each, in four conversations: in each two over WebSocket, two who begin
 * with polling, and one by HTTP. Its methods may be called by one thread.
 */
final class ChatClients implements AutoCloseable {
    static final List<String> CONVERSATIONS = List.of("room-1", "room-2", "room-3", "room-4");

    /** It takes no notice of what sockets tell while they close. */
    private final ScheduledExecutorService thread =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ledger ledger = new Ledger();
    private final List<SocketLine> sockets = new ArrayList<>();
    private final List<RetryingSender> senders = new ArrayList<>();

    ChatClients(String url) {
        for (String conversation : CONVERSATIONS) {
            for (int i = 0; i < 2; i++) {
                addSocket(conversation, "socket" + i, new SocketLine(url, conversation, "websocket"));
                addSocket(conversation, "poller" + i, new SocketLine(url, conversation, "polling", "websocket"));
            }
            add(conversation, "http", new HttpLine(http, url));
        }
        thread.execute(() -> senders.forEach(RetryingSender::next));
    }

    private void addSocket(String conversation, String name, SocketLine line) {
        sockets.add(line);
        add(conversation, name, line);
    }

    private void add(String conversation, String name, RetryingSender.Line line) {
        senders.add(new RetryingSender(conversation, name + "-" + conversation, line, ledger, thread));
    }

    Ledger ledger() {
        return ledger;
    }

    List<SocketLine> sockets() {
        return sockets;
    }

    /** Runs something a little later, on a thread that clients are served by; blocks until it is done. */
    void later(long micros, Runnable task) throws Exception {
        thread.schedule(task, micros, TimeUnit.MICROSECONDS).get();
    }

    /** Lets everybody finish the message that they are at. */
    void stop() throws Exception {
        thread.submit(() -> senders.forEach(RetryingSender::stop)).get();
    }

    /** Whether some message has no acknowledgement yet. */
    boolean isWaiting() {
        return ask(() -> senders.stream().anyMatch(RetryingSender::isWaiting));
    }

    int retries() {
        return ask(() -> senders.stream().mapToInt(RetryingSender::retries).sum());
    }

    private <T> T ask(Callable<T> question) {
        try {
            return thread.submit(question).get();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        senders.forEach(RetryingSender::close);
    }
}
