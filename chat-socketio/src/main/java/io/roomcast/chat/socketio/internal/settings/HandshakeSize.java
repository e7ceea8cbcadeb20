package io.roomcast.chat.socketio.internal.settings;

import io.roomcast.chat.model.Limits;

/** Computes the size of the largest handshake that the limits permit: one that resumes all rooms of a session. */
final class HandshakeSize {
    /** The maximum size in bytes of all the rooms of a handshake. */
    private static final int MAX_ROOM_BYTES = 16_777_216;

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

    /** Returns the maximum size of a handshake in bytes: that of any packet, plus that of a session's rooms. */
    static int bytes(Limits limits) {
        return (int) (limits.frameBytes() + Math.min(MAX_ROOM_BYTES, bytesOfRooms(limits)));
    }

    /** Adds an error if a handshake with all rooms would be too large. */
    static void check(Limits limits, ConfigurationErrors errors) {
        long max = MAX_ROOM_BYTES / bytesOfRoom(limits);
        errors.expect(
                bytesOfRooms(limits) <= MAX_ROOM_BYTES,
                "roomsPerSession",
                limits.roomsPerSession(),
                "at most " + LimitSettings.text(max) + " with idLength " + LimitSettings.text(limits.idLength())
                        + ", so that one handshake can resume all rooms");
    }
}
