package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that records what it receives about the users of the room {@code r}. Its token is its user's id. */
public final class WireClient implements AutoCloseable {
    private static final Pattern ACK = Pattern.compile("43(\\d+)\\[(.*)]");
    private static final Pattern EVENT = Pattern.compile(
            "42\\[\"(user\\w+)\",\\{\"conversationId\":\"r\",\"userId\":\"([^\"]+)\"(?:,\"online\":(\\d+))?}]");
    private static final Pattern PRESENCE =
            Pattern.compile("42\\[\"presenceChanged\",\\{\"userId\":\"([^\"]+)\",\"status\":\"(\\w+)\".*");
    private static final Pattern ONLINE = Pattern.compile("\"online\":(\\d+)");

    private final RawWebSocket socket;
    private final List<String> events = new ArrayList<>();
    private final List<String> presences = new ArrayList<>();
    private final Map<Integer, CompletableFuture<String>> acks = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private int online;
    private int asked;

    /** Connects the user. */
    public WireClient(int port, String userId) {
        socket = RawWebSocket.connected(port, "{\"token\":\"" + userId + "\"}");
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (true) {
                receive(socket.nextText());
            }
        } catch (RuntimeException | AssertionError end) {
            closed.complete(null);
        }
    }

    private void receive(String packet) {
        Matcher ack = ACK.matcher(packet);
        Matcher event = EVENT.matcher(packet);
        Matcher presence = PRESENCE.matcher(packet);
        if (packet.equals("2")) {
            socket.text("3");
        } else if (ack.matches()) {
            acks.get(Integer.parseInt(ack.group(1))).complete(ack.group(2));
        } else if (event.matches()) {
            add(event.group(1), event.group(2), event.group(3));
        } else if (presence.matches()) {
            addPresence(presence.group(1), presence.group(2));
        }
    }

    private synchronized void addPresence(String who, String status) {
        presences.add(who + " " + status);
    }

    private synchronized void add(String name, String who, String count) {
        events.add(name + " " + who + (count == null ? "" : " " + count));
        online = count == null ? online : Integer.parseInt(count);
    }

    /** Sends an event, and returns the ack of its success. */
    String ask(String event) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        acks.put(++asked, answer);
        socket.text("42" + asked + event);
        String ack = answer.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(ack).contains("\"success\":true");
        return ack;
    }

    /** Joins the room. */
    public void join() {
        Matcher found = ONLINE.matcher(ask("[\"joinRoom\",{\"conversationId\":\"r\"}]"));
        assertThat(found.find()).isTrue();
        synchronized (this) {
            online = Integer.parseInt(found.group(1));
        }
    }

    void leave() {
        ask("[\"leaveRoom\",{\"conversationId\":\"r\"}]");
    }

    String view() {
        return ask("[\"viewing\",{\"conversationId\":\"r\"}]");
    }

    /** Returns what happened to users: the event, the user and the number of users. */
    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** Returns the presences that were received: the user and the status. */
    synchronized List<String> presences() {
        return List.copyOf(presences);
    }

    synchronized void clear() {
        events.clear();
    }

    /** Returns the newest number of users. */
    synchronized int online() {
        return online;
    }

    void awaitClosed() {
        closed.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.close();
    }
}
