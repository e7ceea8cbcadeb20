package io.roomcast.examples.chatserver.training;

/** The Socket.IO packets of a visit. */
final class SocketPackets {
    private SocketPackets() {}

    static String join(String room) {
        return "421[\"joinRoom\",\"" + room + "\"]";
    }

    static String send(String room, String message) {
        return "422[\"sendMessage\",{\"conversationId\":\"" + room + "\",\"type\":\"text\",\"content\":\"" + message
                + "\"}]";
    }

    static String leave(String room) {
        return "42[\"leaveRoom\",\"" + room + "\"]";
    }
}
