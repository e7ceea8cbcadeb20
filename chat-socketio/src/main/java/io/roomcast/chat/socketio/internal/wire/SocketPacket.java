package io.roomcast.chat.socketio.internal.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An inbound packet of the Socket.IO protocol (version 5, or 4 of legacy clients), taken apart but for its JSON.
 *
 * @param type what it is
 * @param attachments how many binary attachments follow it
 * @param isBinary whether it is of a type that has attachments, even if there are none
 * @param namespace where it belongs, without its query; {@value #MAIN} is the only one with a chat
 * @param ackId the number that its answer carries; null if it wants none
 * @param data its JSON; empty if there is none
 */
public record SocketPacket(
        Type type,
        int attachments,
        boolean isBinary,
        String namespace,
        @Nullable String ackId,
        String data) {
    /** The namespace that a packet without one belongs to. */
    public static final String MAIN = "/";

    private static final int MAX_NAMESPACE = 256;
    private static final int MAX_ACK_DIGITS = 16;
    private static final int MAX_ATTACHMENT_DIGITS = 9;

    /** What a client's packet may be. */
    public enum Type {
        /** Asks to be let in. */
        CONNECT,
        /** Leaves. */
        DISCONNECT,
        /** Asks for something. */
        EVENT,
        /** Answers something. */
        ACK
    }

    /** The types by their digits; that of a refused CONNECT is only sent by servers. */
    private static Optional<Type> typeOf(char digit) {
        return switch (digit) {
            case '0' -> Optional.of(Type.CONNECT);
            case '1' -> Optional.of(Type.DISCONNECT);
            case '2', '5' -> Optional.of(Type.EVENT);
            case '3', '6' -> Optional.of(Type.ACK);
            default -> Optional.empty();
        };
    }

    /** The packet that the text is, or empty if it is none that a client may send; its JSON is not looked at. */
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

    /** Legacy clients add the query of their URL. */
    private static String namespace(String text) {
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        return path.isEmpty() ? MAIN : path;
    }

    /** The index after the namespace, which ends with a comma or with the packet; where it would begin if there is none. */
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

    /** Whether it is for the chat. */
    public boolean isForMain() {
        return namespace.equals(MAIN);
    }

    /** What stands before the JSON of the ack that answers it, behind the type; null if it wants none. */
    public @Nullable String ackPrefix() {
        return ackId == null || isForMain() ? ackId : namespace + "," + ackId;
    }
}
