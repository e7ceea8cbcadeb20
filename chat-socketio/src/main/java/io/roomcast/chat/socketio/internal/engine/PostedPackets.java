package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.socketio.internal.channel.Utf8;
import java.util.List;

/**
 * The packets of one posted body.
 *
 * @param packets the packets, with binary ones as base64
 * @param isCut whether the last of them is only the beginning of a packet that is too large
 * @param isAll whether no packet may follow the last one
 */
record PostedPackets(List<String> packets, boolean isCut, boolean isAll) {
    /** One packet that is none, so that the session ends as it does for any other. */
    static final List<String> MALFORMED = List.of("");

    /** Returns whether the packet at the index is larger than the given number of bytes of UTF-8. */
    boolean isTooLarge(int index, int maxBytes) {
        return (isCut && index == packets.size() - 1) || Utf8.isLonger(packets.get(index), maxBytes);
    }
}
