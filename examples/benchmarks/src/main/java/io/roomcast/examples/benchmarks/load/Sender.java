package io.roomcast.examples.benchmarks.load;

/** Sends to one room as one of its members. Its messages are numbered from zero. */
final class Sender {
    private final Member member;
    private final MessagePacket packet;
    private final int index;
    private final int recipients;
    private int sent;

    Sender(Member member, MessagePacket packet, int index, int recipients) {
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
