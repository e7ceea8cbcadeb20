package io.roomcast.examples.benchmarks.load;

/** A client that sends to its room. Its messages are numbered from 0. Confined to the event loop. */
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

    /** Returns the index of its server. */
    int node() {
        return member.node();
    }

    /** Returns the sender's index within its room. */
    int index() {
        return index;
    }

    /** Returns the number of clients that receive each message. */
    int recipients() {
        return recipients;
    }

    /** Returns the number of messages sent. */
    int sent() {
        return sent;
    }
}
