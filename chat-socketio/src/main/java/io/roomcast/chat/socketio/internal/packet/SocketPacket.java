package io.roomcast.chat.socketio.internal.packet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An inbound packet of the Socket.IO protocol (version 5, or 4 of legacy clients), with its JSON unparsed.
 *
 * @param type its type
 * @param attachments the number of binary attachments that follow it
 * @param isBinary whether its type allows attachments, even if there are none
 * @param namespace its namespace, without the query; the chat is in {@value #MAIN}
 * @param ackId the number of the ack; null if none is requested
 * @param data its JSON; empty if there is none
 */
public record SocketPacket(
        Type type,
        int attachments,
        boolean isBinary,
        String namespace,
        @Nullable String ackId,
        String data) {
    /** The default namespace, of packets that name none. */
    public static final String MAIN = "/";

    private static final int MAX_NAMESPACE = 256;
    private static final int MAX_ACK_DIGITS = 16;
    private static final int MAX_ATTACHMENT_DIGITS = 9;

    /** The types of packets that a client may send. */
    public enum Type {
        /** Connects to a namespace. */
        CONNECT,
        /** Disconnects from a namespace. */
        DISCONNECT,
        /** Sends an event, which requests a command. */
        EVENT,
        /** Acknowledges an event of the server, which requests no acks. */
        ACK
    }

    /** Returns the type of a digit; empty for CONNECT_ERROR, which only servers send, and for unknown ones. */
    private static Optional<Type> typeOf(char digit) {
        return switch (digit) {
            case '0' -> Optional.of(Type.CONNECT);
            case '1' -> Optional.of(Type.DISCONNECT);
            case '2', '5' -> Optional.of(Type.EVENT);
            case '3', '6' -> Optional.of(Type.ACK);
            default -> Optional.empty();
        };
    }

    /** Parses a packet but not its JSON; empty if the packet is malformed or only servers send its type. */
    public static Optional<SocketPacket> parse(String text) {
        return text.isEmpty() ? Optional.empty() : typeOf(text.charAt(0)).flatMap(type -> parse(type, text));
    }

    private static Optional<SocketPacket> parse(Type type, String text) {
        boolean isBinary = text.charAt(0) >= '5';
        int digits = isBinary ? digitsFrom(text, 1) : 0;
        int begin = isBinary ? 1 + digits + 1 : 1;
        if (isBinary && (digits == 0 || digits > MAX_ATTACHMENT_DIGITS || !text.startsWith("-", begin - 1))) {
            return Optional.empty();
        }
        int attachments = isBinary ? Integer.parseInt(text.substring(1, 1 + digits)) : 0;
        return parse(type, attachments, isBinary, text, begin);
    }

    private static Optional<SocketPacket> parse(Type type, int attachments, boolean isBinary, String text, int begin) {
        int end = namespaceEnd(text, begin);
        int next = end > begin && end < text.length() ? end + 1 : end;
        int digits = digitsFrom(text, next);
        if (end - begin > MAX_NAMESPACE || digits > MAX_ACK_DIGITS) {
            return Optional.empty();
        }
        String ackId = digits == 0 ? null : text.substring(next, next + digits);
        String data = text.substring(next + digits);
        String namespace = namespace(text.substring(begin, end));
        return Optional.of(new SocketPacket(type, attachments, isBinary, namespace, ackId, data));
    }

    /** Removes the query that legacy clients append to the namespace. */
    private static String namespace(String text) {
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        return path.isEmpty() ? MAIN : path;
    }

    /**
     * Returns the index after the namespace, which ends with a comma or with the packet. Without one, returns the index
     * where it would begin.
     */
    private static int namespaceEnd(String text, int begin) {
        if (!text.startsWith("/", begin)) {
            return begin;
        }
        int comma = text.indexOf(',', begin);
        return comma < 0 ? text.length() : comma;
    }

    private static int digitsFrom(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - start;
    }

    /** Returns whether the packet belongs to the chat's namespace. */
    public boolean isForMain() {
        return namespace.equals(MAIN);
    }

    /** Returns the prefix of the ack between the type and the JSON; null if no ack is requested. */
    public @Nullable String ackPrefix() {
        return ackId == null || isForMain() ? ackId : namespace + "," + ackId;
    }
}
