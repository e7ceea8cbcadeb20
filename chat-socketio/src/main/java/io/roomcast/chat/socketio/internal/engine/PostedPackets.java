package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.socketio.internal.channel.Utf8;
import java.util.List;

/**
 * The packets that a polling client posted in one body.
 *
 * @param packets the packets, with binary ones as base64
 * @param isTruncated whether the last packet is the beginning of an oversized one
 * @param isComplete whether no packet follows the last one
 */
record PostedPackets(List<String> packets, boolean isTruncated, boolean isComplete) {
    /** Stands for a body that cannot be parsed: one invalid packet, which closes the session as any other does. */
    static final List<String> MALFORMED = List.of("");

    /** Returns whether the packet at the index exceeds the given number of bytes in UTF-8. */
    boolean isTooLarge(int index, int maxBytes) {
        return (isTruncated && index == packets.size() - 1) || Utf8.isLonger(packets.get(index), maxBytes);
    }
}
