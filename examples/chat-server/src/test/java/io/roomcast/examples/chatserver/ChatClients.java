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
 * Twenty clients that send up to ten messages per second each, in four conversations: in each two over WebSocket, two that
 * start with polling, and one over HTTP. For one thread.
 */
final class ChatClients implements AutoCloseable {
    static final List<String> CONVERSATIONS = List.of("room-1", "room-2", "room-3", "room-4");

    /** Discards tasks that sockets submit while they close. */
    private final ScheduledExecutorService thread =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ledger ledger = new Ledger();
    private final List<SocketIoChannel> sockets = new ArrayList<>();
    private final List<RetryingSender> senders = new ArrayList<>();

    ChatClients(String url) {
        for (String conversation : CONVERSATIONS) {
            for (int i = 0; i < 2; i++) {
                addSocket(conversation, "socket" + i, new SocketIoChannel(url, conversation, "websocket"));
                addSocket(conversation, "poller" + i, new SocketIoChannel(url, conversation, "polling", "websocket"));
            }
            add(conversation, "http", new HttpChannel(http, url));
        }
        thread.execute(() -> senders.forEach(RetryingSender::next));
    }

    private void addSocket(String conversation, String name, SocketIoChannel channel) {
        sockets.add(channel);
        add(conversation, name, channel);
    }

    private void add(String conversation, String name, RetryingSender.Channel channel) {
        senders.add(new RetryingSender(conversation, name + "-" + conversation, channel, ledger, thread));
    }

    Ledger ledger() {
        return ledger;
    }

    List<SocketIoChannel> sockets() {
        return sockets;
    }

    /** Runs a task on the clients' thread after a delay. Blocks until it is done. */
    void runAfter(long micros, Runnable task) throws Exception {
        thread.schedule(task, micros, TimeUnit.MICROSECONDS).get();
    }

    /** Stops sending new messages. Pending ones are still retried. */
    void stop() throws Exception {
        thread.submit(() -> senders.forEach(RetryingSender::stop)).get();
    }

    /** Returns whether a message has no acknowledgement yet. */
    boolean isWaiting() {
        return ask(() -> senders.stream().anyMatch(RetryingSender::isWaiting));
    }

    /** Returns the number of attempts that were not the first for their message. */
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
