package io.roomcast.chat.socketio.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.socketio.internal.packet.SocketPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Socket.IO server that the official suite expects. It has two namespaces, which send the auth payload and echo
 * events with their attachments.
 *
 * <p>Uses the parser of this library. The chat itself uses neither attachments nor a second namespace.
 */
final class SocketEcho implements EngineListener {
    private static final Pattern WITH_ATTACHMENTS = Pattern.compile("5([1-4])-(.*)", Pattern.DOTALL);
    private static final Set<String> NAMESPACES = Set.of(SocketPacket.MAIN, "/custom");

    private final Set<String> connected = new HashSet<>();
    private final List<byte[]> attachments = new ArrayList<>();
    private final EngineSession session;
    private final ScheduledFuture<?> deadline;
    private SocketPacket incomplete;
    private int missing;

    /** The time within which a client must connect to a namespace. */
    SocketEcho(EngineSession session, Duration timeout) {
        this.session = session;
        this.deadline = session.loop().schedule(this::refuse, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void message(String text) {
        Matcher announced = WITH_ATTACHMENTS.matcher(text);
        Optional<SocketPacket> packet = SocketPacket.parse(announced.matches() ? "2" + announced.group(2) : text);
        if (packet.isEmpty() || missing > 0) {
            refuse();
        } else if (announced.matches()) {
            incomplete = packet.get();
            missing = Integer.parseInt(announced.group(1));
        } else {
            packet(packet.get());
        }
    }

    @Override
    public boolean binary(byte[] content) {
        if (missing == 0) {
            return false;
        }
        attachments.add(content);
        missing--;
        if (missing == 0) {
            packet(incomplete);
            attachments.clear();
        }
        return true;
    }

    private void packet(SocketPacket packet) {
        if (packet.type() == SocketPacket.Type.CONNECT) {
            connect(packet);
        } else if (!connected.contains(packet.namespace())) {
            refuse();
        } else if (packet.type() == SocketPacket.Type.DISCONNECT) {
            connected.remove(packet.namespace());
        } else if (packet.type() == SocketPacket.Type.EVENT) {
            Json.parse(packet.data())
                    .filter(JsonNode::isArray)
                    .ifPresentOrElse(data -> event(packet, (ArrayNode) data), this::refuse);
        }
    }

    private void connect(SocketPacket packet) {
        if (!NAMESPACES.contains(packet.namespace())) {
            send(Packets.unknownNamespace(packet.namespace()));
            return;
        }
        deadline.cancel(false);
        connected.add(packet.namespace());
        String prefix = prefix(packet);
        send(EncodedPacket.of("40" + prefix + "{\"sid\":\"public\"}"));
        send(EncodedPacket.of("42" + prefix + "[\"auth\"," + (packet.data().isEmpty() ? "{}" : packet.data()) + "]"));
    }

    private void event(SocketPacket packet, ArrayNode data) {
        String name = data.remove(0).asText();
        if (name.equals("message")) {
            data.insert(0, "message-back");
            echo("42", "45", prefix(packet), data);
        } else if (name.equals("message-with-ack")) {
            echo("43", "46", prefix(packet) + packet.ackId(), data);
        }
    }

    private void echo(String plain, String withAttachments, String prefix, ArrayNode data) {
        String type = attachments.isEmpty() ? plain : withAttachments + attachments.size() + "-";
        send(EncodedPacket.of(type + prefix + data));
        attachments.forEach(content -> send(EncodedPacket.of(content)));
    }

    private static String prefix(SocketPacket packet) {
        return packet.namespace().equals(SocketPacket.MAIN) ? "" : packet.namespace() + ",";
    }

    private void send(EncodedPacket packet) {
        session.send(packet);
        packet.release();
    }

    private void refuse() {
        session.close(CloseReason.REFUSED);
    }

    @Override
    public void packetsDropped() {}

    @Override
    public void closed() {
        deadline.cancel(false);
    }
}
