package io.roomcast.chat.socketio.internal.engine;

/**
 * Decides what still goes out to a client that takes less than it is sent; used on the session's event loop.
 *
 * <p>First passing packets are left out, then those that can be fetched later, until little waits again.
 */
final class Backlog {
    private static final int LITTLE = 16;
    private static final int MUCH = 2;

    private final int most;
    private boolean owing;

    Backlog(int most) {
        this.most = most;
    }

    /** Whether the packet goes out while so many bytes wait. */
    boolean takes(EncodedPacket packet, long pending) {
        if (pending <= most / LITTLE && !owing) {
            return true;
        }
        return switch (packet.importance()) {
            case VITAL -> true;
            case PASSING -> false;
            case FETCHABLE -> !leaveOut(pending);
        };
    }

    private boolean leaveOut(long pending) {
        owing = owing || pending > most / MUCH;
        return owing;
    }

    /** Whether so many bytes are more than a client may have waiting. */
    boolean isTooMuch(long pending) {
        return pending > most;
    }

    /** Whether so much waits that it had better leave before more is written. */
    boolean isWorthFlushing(long pending) {
        return pending > most / LITTLE;
    }

    /** Whether something was left out that the client must learn of now, as little waits again; true once. */
    boolean settles(long pending) {
        boolean due = owing && pending <= most / LITTLE;
        owing = owing && !due;
        return due;
    }
}
