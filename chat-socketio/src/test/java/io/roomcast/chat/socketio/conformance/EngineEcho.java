package io.roomcast.chat.socketio.conformance;

import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;

/** Sends back every text and binary message. */
final class EngineEcho implements EngineListener {
    private final EngineSession session;

    EngineEcho(EngineSession session) {
        this.session = session;
    }

    @Override
    public void message(String text) {
        send(EncodedPacket.of("4" + text));
    }

    @Override
    public boolean binary(byte[] content) {
        send(EncodedPacket.of(content));
        return true;
    }

    private void send(EncodedPacket packet) {
        session.send(packet);
        packet.release();
    }

    @Override
    public void packetsDropped() {}

    @Override
    public void closed() {}
}
