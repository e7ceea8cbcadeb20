package io.roomcast.chat.socketio.internal.engine;

/** The first packet of a session, which tells the client what to do (Engine.IO protocol, version 4). */
final class OpenPacket {
    private OpenPacket() {}

    static String openPacket(String sid, EngineSettings settings, boolean canUpgrade) {
        return EnginePackets.OPEN
                + "{\"sid\":\"" + sid
                + "\",\"upgrades\":" + (canUpgrade ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + settings.pingInterval().toMillis()
                + ",\"pingTimeout\":" + settings.pingTimeout().toMillis()
                + ",\"maxPayload\":" + settings.maxPayload()
                + "}";
    }
}
