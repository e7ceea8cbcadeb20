package io.roomcast.examples.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** Holds the {@code sendMessage} packet of one sender. Each message changes only a few of its bytes. */
final class MessagePacket {
    private final byte[] packet;
    private final int content;

    MessagePacket(String room, String user, int run, int sender, int contentLength) {
        String head =
                "42[\"sendMessage\",{\"conversationId\":\"%s\",\"senderId\":\"%s\",\"type\":\"text\",\"content\":\""
                        .formatted(room, user);
        String whole = head + "x".repeat(contentLength) + "\"}]";
        packet = whole.getBytes(StandardCharsets.US_ASCII);
        content = head.length();
        Stamp.fill(packet, content, content + contentLength, run, sender);
    }

    /** Returns the packet of the message with the given number. Returns the same array each time. */
    byte[] stamped(int counter) {
        Stamp.number(packet, content, counter, System.nanoTime());
        return packet;
    }
}
