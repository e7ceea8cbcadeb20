package io.roomcast.chat.socketio.internal.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An inbound packet of the Socket.IO protocol (version 5), taken apart but for its JSON.
 *
 * @param type what it is
 * @param namespace where it belongs; {@value #MAIN} is the only one with a chat
 * @param ackId the number that its answer is to carry; null if it wants none
 * @param data its JSON; empty if there is none
 */
public record SocketPacket(
        Type type, String namespace, @Nullable String ackId, String data) {
    /** The namespace that a packet without one belongs to. */
    public static final String MAIN = "/";

    private static final int MAX_NAMESPACE = 64;
    private static final int MAX_ACK_DIGITS = 10;

    /** What a client's packet may be; packets with attachments are none of them. */
    public enum Type {
        /** Asks to be let in. */
        CONNECT,
        /** Says farewell. */
        DISCONNECT,
        /** Asks for something. */
        EVENT,
        /** Answers something. */
        ACK
    }

    private static final Type[] TYPES = Type.values();

    /** The packet that the text is, or empty if it is none that a client may send. */
    public static Optional<SocketPacket> parse(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) >= '0' + TYPES.length) {
            return Optional.empty();
        }
        Type type = TYPES[text.charAt(0) - '0'];
        int begin = namespaceEnd(text);
        String namespace = begin == 1 ? MAIN : text.substring(1, begin);
        int next = begin < text.length() && text.charAt(begin) == ',' && begin > 1 ? begin + 1 : begin;
        int digits = digitsFrom(text, next);
        if (namespace.length() > MAX_NAMESPACE || digits > MAX_ACK_DIGITS) {
            return Optional.empty();
        }
        String ackId = digits == 0 ? null : text.substring(next, next + digits);
        return Optional.of(new SocketPacket(type, namespace, ackId, text.substring(next + digits)));
    }

    /** The index after the namespace; 1 if there is none. */
    private static int namespaceEnd(String text) {
        if (text.length() < 2 || text.charAt(1) != '/') {
            return 1;
        }
        int comma = text.indexOf(',');
        return comma < 0 ? text.length() : comma;
    }

    private static int digitsFrom(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - start;
    }
}
