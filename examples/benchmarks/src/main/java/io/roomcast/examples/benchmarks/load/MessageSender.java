package io.roomcast.examples.benchmarks.load;

/** One who writes to a room: a member of it, with messages that are counted from zero. */
final class MessageSender {
    private final RoomClient member;
    private final MessagePacket packet;
    private final int index;
    private final int recipients;
    private int sent;

    MessageSender(RoomClient member, MessagePacket packet, int index, int recipients) {
        this.member = member;
        this.packet = packet;
        this.index = index;
        this.recipients = recipients;
    }

    /** Sends the next message. */
    void send() {
        member.send(packet.stamped(sent++));
    }

    int index() {
        return index;
    }

    /** Returns the number of clients that receive each message. */
    int recipients() {
        return recipients;
    }

    int sent() {
        return sent;
    }
}
