package io.roomcast.chat.socketio.internal.http;

/**
 * The size limits of a request.
 *
 * @param lineBytes the maximum size of the request line
 * @param headerBytes the maximum total size of the header lines
 * @param bodyBytes the maximum size of the body
 * @param packets the limits of bodies that have packets
 */
public record HttpBounds(int lineBytes, int headerBytes, int bodyBytes, Packets packets) {
    /**
     * The size limits of the packets that clients post to their sessions.
     *
     * @param path the path that they are posted to; empty if there is none
     * @param keptBytes how much of a body is kept
     * @param mostBytes the maximum size of the body; what is beyond the kept bytes is read and dropped
     */
    public record Packets(String path, int keptBytes, int mostBytes) {
        /** Separates the packets in a body (Engine.IO protocol, version 4). */
        public static final byte SEPARATOR = 0x1e;

        private static final Packets NONE = new Packets("", 0, 0);

        boolean isFor(RequestHead head) {
            return !path.isEmpty() && head.target().startsWith(path + "?");
        }
    }

    /** The same limits for all paths. */
    public HttpBounds(int lineBytes, int headerBytes, int bodyBytes) {
        this(lineBytes, headerBytes, bodyBytes, Packets.NONE);
    }
}
