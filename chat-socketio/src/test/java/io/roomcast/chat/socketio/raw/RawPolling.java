package io.roomcast.chat.socketio.raw;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends exact Engine.IO payloads over polling, valid or not. */
public final class RawPolling {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private static final Map<Integer, Queue<RawPolling>> OPENED = new ConcurrentHashMap<>();

    private final Queue<String> received = new ArrayDeque<>();
    private final int port;
    private final String target;
    private final String sid;

    private RawPolling(int port, String sid) {
        this.port = port;
        this.sid = sid;
        this.target = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
    }

    /** Closes the session that the response opened, if any, so that a stopping server does not wait for its client. */
    public static void leave(int port, String target, RawHttp.Response opened) {
        Matcher sid = SID.matcher(opened.body());
        if (sid.find()) {
            RawHttp.post(port, target + "&sid=" + sid.group(1), "1", "Content-Type: text/plain;charset=UTF-8");
        }
    }

    public static RawPolling open(int port) {
        String packet = RawHttp.get(port, "/socket.io/?EIO=4&transport=polling").body();
        RawPolling opened = new RawPolling(port, packet.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1"));
        OPENED.computeIfAbsent(port, any -> new ConcurrentLinkedQueue<>()).add(opened);
        return opened;
    }

    /** Closes all sessions at the port, so that a stopping server does not wait for their clients. */
    public static void leaveAll(int port) {
        Queue<RawPolling> opened = OPENED.remove(port);
        if (opened != null) {
            opened.forEach(session -> session.push("1"));
        }
    }

    /** Opens a session and authenticates. */
    public static RawPolling connected(int port) {
        return connected(port, "");
    }

    /** Opens a session with the given payload of the CONNECT packet. */
    public static RawPolling connected(int port, String auth) {
        RawPolling polling = open(port);
        polling.push("40" + auth);
        String answer = polling.next();
        String session = polling.next();
        if (!answer.startsWith("40{\"sid\":\"") || !session.startsWith("42[\"session\",{")) {
            throw new IllegalStateException(answer + session);
        }
        return polling;
    }

    public String sid() {
        return sid;
    }

    public String target() {
        return target;
    }

    public RawHttp.Response poll() {
        return RawHttp.get(port, target);
    }

    public RawHttp.Response push(String payload) {
        return RawHttp.post(port, target, payload, "Content-Type: text/plain;charset=UTF-8");
    }

    /** Returns the next packet other than a ping. Polls if none is buffered. */
    public String next() {
        while (received.isEmpty()) {
            RawHttp.Response answer = poll();
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.body());
            }
            Arrays.stream(answer.body().split("\u001e"))
                    .filter(packet -> !packet.equals("2"))
                    .forEach(received::add);
        }
        return received.remove();
    }

    /** Sends an event with an ack id, and returns the ack. */
    public String ask(int ackId, String event) {
        push("42" + ackId + event);
        String answer = next();
        while (!answer.startsWith("43" + ackId + "[")) {
            answer = next();
        }
        return answer.substring(("43" + ackId).length());
    }
}
