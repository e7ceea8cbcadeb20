package io.roomcast.chat.socketio.internal.request;

/**
 * The maximum sizes of a request, in bytes.
 *
 * @param lineBytes the request line
 * @param headerBytes all header lines together
 * @param bodyBytes the body
 * @param packets the limits of bodies with Engine.IO packets
 */
public record HttpBounds(int lineBytes, int headerBytes, int bodyBytes, Packets packets) {
    /**
     * The limits of bodies with Engine.IO packets.
     *
     * @param path the path of the endpoint; empty if there is none
     * @param keptBytes the number of bytes of any body to keep
     * @param largeBytes the number of bytes of a large body to keep, if there is memory for it; at least keptBytes
     * @param memory the memory for what large bodies have beyond keptBytes
     * @param maxBytes the maximum size of a body; bytes beyond the kept ones are read and dropped
     */
    public record Packets(String path, int keptBytes, int largeBytes, BodyMemory memory, int maxBytes) {
        /** Separates the packets in a body (Engine.IO protocol, version 4). */
        public static final byte SEPARATOR = 0x1e;

        private static final Packets NONE = new Packets("", 0, 0, new BodyMemory(0), 0);

        /** Returns limits of the same bodies that are kept up to the given number of bytes, whatever they have. */
        static Packets keeping(int bytes) {
            return new Packets("", bytes, bytes, NONE.memory(), bytes);
        }

        boolean appliesTo(RequestHead head) {
            return !path.isEmpty()
                    && head.target().startsWith(path)
                    && head.target().startsWith("?", path.length());
        }
    }

    /** Creates the same limits for all paths. */
    public HttpBounds(int lineBytes, int headerBytes, int bodyBytes) {
        this(lineBytes, headerBytes, bodyBytes, Packets.NONE);
    }
}
