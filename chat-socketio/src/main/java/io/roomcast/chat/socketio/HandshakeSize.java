package io.roomcast.chat.socketio;

import io.roomcast.chat.model.Limits;
import java.util.Locale;

/** The size of the largest handshake that the limits permit, with which a client resumes all its rooms. */
final class HandshakeSize {
    /** The maximum size in bytes of all the rooms of a handshake. */
    static final int MAX_ROOM_BYTES = 16_777_216;

    /** The size of an escaped UTF-16 unit in JSON that is itself a text in JSON, such as {@code \\u00e9}. */
    private static final int BYTES_OF_UNIT = 7;

    /** The largest size of a position with its names, quotes and separators. */
    private static final int BYTES_OF_POSITION = 96;

    private HandshakeSize() {}

    private static long bytesOfRoom(Limits limits) {
        return (long) BYTES_OF_UNIT * limits.idLength() + BYTES_OF_POSITION;
    }

    private static long bytesOfRooms(Limits limits) {
        return limits.roomsPerSession() * bytesOfRoom(limits);
    }

    /** Returns the bound of a handshake: what any packet may have, and all the rooms of a session beside that. */
    static int bytes(Limits limits) {
        return (int) (limits.frameBytes() + Math.min(MAX_ROOM_BYTES, bytesOfRooms(limits)));
    }

    static void check(Limits limits, ConfigurationErrors found) {
        long most = MAX_ROOM_BYTES / bytesOfRoom(limits);
        found.expect(
                bytesOfRooms(limits) <= MAX_ROOM_BYTES,
                "roomsPerSession",
                limits.roomsPerSession(),
                String.format(
                        Locale.ROOT,
                        "at most %,d with idLength %,d, so that a client can resume all its rooms at once",
                        most,
                        limits.idLength()));
    }
}
