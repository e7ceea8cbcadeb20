package io.roomcast.chat.socketio.internal.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomcast.chat.model.Position;
import io.roomcast.chat.socketio.internal.packet.Offset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads lost sessions, for other nodes. Nodes of another release may write another version, which is not read.
 *
 * <p>The ids of conversations are written once, and referred to by their index.
 */
final class LostSessionCodec {
    private static final int VERSION = 1;
    private static final int NULL = -1;

    private LostSessionCodec() {}

    /** Returns the session without its secret id. */
    static byte[] encode(LostSession session) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writeText(out, session.id());
            writeText(out, session.userId());
            writeText(out, session.epoch());
            out.writeLong(session.lostAt().toEpochMilli());
            write(out, session.sent());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, SentTrail trail) throws IOException {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        trail.rooms().keySet().forEach(id -> indexes.putIfAbsent(id, indexes.size()));
        trail.sent().forEach(offset -> indexes.putIfAbsent(offset.conversationId(), indexes.size()));
        out.writeInt(indexes.size());
        for (String id : indexes.keySet()) {
            writeText(out, id);
        }
        writeText(out, trail.before());
        out.writeInt(trail.rooms().size());
        for (Map.Entry<String, Position> room : trail.rooms().entrySet()) {
            out.writeInt(indexOf(room.getKey(), indexes));
            out.writeLong(room.getValue().seq());
            out.writeLong(room.getValue().version());
        }
        out.writeInt(trail.sent().size());
        for (Offset offset : trail.sent()) {
            out.writeInt(indexOf(offset.conversationId(), indexes));
            out.writeBoolean(offset.kind() == Offset.Kind.MESSAGE);
            out.writeLong(offset.number());
        }
    }

    @SuppressWarnings("NullAway") // Every conversation has an index.
    private static int indexOf(String conversationId, Map<String, Integer> indexes) {
        return indexes.get(conversationId);
    }

    private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(UTF_8);
        out.writeInt(text == null ? NULL : bytes.length);
        out.write(bytes);
    }

    /** Returns the session with the given secret id; empty if this release cannot read it. */
    static Optional<LostSession> decode(String pid, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? Optional.of(read(pid, in)) : Optional.empty();
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static LostSession read(String pid, DataInputStream in) throws IOException {
        String id = requireText(in);
        String userId = readText(in);
        String epoch = requireText(in);
        Instant lostAt = Instant.ofEpochMilli(in.readLong());
        return new LostSession(pid, id, userId, epoch, lostAt, readTrail(in));
    }

    private static SentTrail readTrail(DataInputStream in) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            ids.add(requireText(in));
        }
        String before = readText(in);
        Map<String, Position> rooms = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            rooms.put(ids.get(in.readInt()), new Position(in.readLong(), in.readLong()));
        }
        List<Offset> sent = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String conversationId = ids.get(in.readInt());
            Offset.Kind kind = in.readBoolean() ? Offset.Kind.MESSAGE : Offset.Kind.CHANGE;
            sent.add(new Offset(conversationId, kind, in.readLong()));
        }
        return new SentTrail(before, rooms, sent);
    }

    private static String requireText(DataInputStream in) throws IOException {
        String text = readText(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    private static @Nullable String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NULL ? null : new String(in.readNBytes(length), UTF_8);
    }
}
