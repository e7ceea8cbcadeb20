package io.roomcast.examples.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** The {@code sendMessage} packet of one sender, which is reused: each message only overwrites its stamp. */
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

    /** Returns the packet with the number and the current time. It is the same array each time. */
    byte[] stamped(int counter) {
        Stamp.number(packet, content, counter, System.nanoTime());
        return packet;
    }
}
