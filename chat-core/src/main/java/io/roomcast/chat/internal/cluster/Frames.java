package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.internal.cluster.ClusterEvent.Change;
import io.roomcast.chat.internal.cluster.ClusterEvent.Head;
import io.roomcast.chat.internal.cluster.ClusterEvent.MessageStored;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and signs events, and checks and decodes frames. Safe for use by any thread.
 *
 * <pre>
 * version: 1 byte │ node: 8 │ sent at, in ms: 8 │ kind: 1 │ fields │ signature: 16
 * </pre>
 *
 * Numbers are in network byte order. A text has its length in UTF-8 in 4 bytes before it, and -1 stands for null. The
 * fields end with the number of further fields in 2 bytes, each with a tag of 1 byte and a length of 4. A release skips
 * those that it does not know. The signature covers all bytes before it and the name of the channel, so a frame is valid
 * in its own channel alone.
 */
public final class Frames {
    /** The newest version of frames that this release reads and writes: {@value}. */
    public static final int VERSION = 1;

    /** The maximum length of a frame that is read, in bytes: {@value}. */
    public static final int MAX_BYTES = 65_536;

    /** The maximum length of a frame that is published, in bytes: {@value}. */
    static final int MAX_PUBLISHED_BYTES = 49_152;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int NODE_AT = 1;
    private static final int SENT_AT = NODE_AT + Long.BYTES;
    private static final int KIND_AT = SENT_AT + Long.BYTES;
    private static final int FIELDS_AT = KIND_AT + 1;
    private static final int MIN_BYTES = FIELDS_AT + Short.BYTES + FrameSigner.LENGTH;

    private final ThreadLocal<Tools> tools;

    private record Tools(FrameWriter writer, FrameSigner signer) {}

    /**
     * A decoded frame.
     *
     * @param origin the header
     * @param event the event
     */
    public record Frame(Origin origin, ClusterEvent event) {}

    /**
     * Creates frames that are signed with a key.
     *
     * @param key the key of the cluster, at least one byte
     */
    public Frames(byte[] key) {
        byte[] copy = key.clone();
        this.tools = ThreadLocal.withInitial(() -> new Tools(new FrameWriter(), new FrameSigner(copy)));
    }

    /**
     * Returns the frame of an event. In place of a message that is too large it is the frame of its {@link Head}.
     *
     * @param channel the name of the channel in which the frame will be published
     * @param sentAt the current time, in milliseconds since the epoch
     * @return the frame, or null if the event is too large and has no head
     */
    public byte @Nullable [] encode(NodeId from, long sentAt, String channel, ClusterEvent event) {
        Tools own = tools.get();
        FrameWriter out = own.writer();
        out.reset();
        out.writeByte(VERSION);
        out.writeLong(from.value());
        out.writeLong(sentAt);
        event.accept(FrameEncoder.INSTANCE, out);
        out.endRecord();
        if (out.size() + FrameSigner.LENGTH > MAX_PUBLISHED_BYTES) {
            Head head = headOf(event);
            return head == null ? null : encode(from, sentAt, channel, head);
        }
        out.write(own.signer().sign(out.buffer(), out.size(), channel), FrameSigner.LENGTH);
        return out.toByteArray();
    }

    private static @Nullable Head headOf(ClusterEvent event) {
        if (event instanceof MessageStored stored) {
            return head(stored.message());
        }
        return event instanceof Change change ? head(change.event().message()) : null;
    }

    private static Head head(Message message) {
        return new Head(message.conversationId(), new Position(message.seq(), message.version()));
    }

    /** Returns a value with its signature, which is valid under the given name alone. */
    byte[] sign(String name, byte[] value) {
        byte[] signed = Arrays.copyOf(value, value.length + FrameSigner.LENGTH);
        byte[] signature = tools.get().signer().sign(signed, value.length, name);
        System.arraycopy(signature, 0, signed, value.length, FrameSigner.LENGTH);
        return signed;
    }

    /** Returns a value without its signature; empty if no node of this cluster has signed it under the name. */
    Optional<byte[]> verify(String name, byte[] signed) {
        int length = signed.length - FrameSigner.LENGTH;
        return length >= 0 && tools.get().signer().isSigned(signed, name)
                ? Optional.of(Arrays.copyOf(signed, length))
                : Optional.empty();
    }

    /** Returns whether a frame claims to be a node's own. Reads nothing else of it. */
    static boolean isFrom(NodeId node, byte[] frame) {
        return frame.length >= MIN_BYTES && (long) LONG.get(frame, NODE_AT) == node.value();
    }

    /**
     * Checks and decodes a frame.
     *
     * @param channel the name of the channel in which it was received
     * @throws RejectedFrame if it is not a valid frame of this cluster in this channel
     */
    public Frame decode(String channel, byte[] frame) {
        check(channel, frame);
        FrameKind kind = kindOf(frame);
        Channel target = Channel.named(channel);
        if (target == null || !kind.isValidIn(target.type())) {
            throw new RejectedFrame(DropReason.WRONG_CHANNEL);
        }
        Origin origin = new Origin(new NodeId((long) LONG.get(frame, NODE_AT)), (long) LONG.get(frame, SENT_AT));
        FrameReader in = new FrameReader(frame, FIELDS_AT, frame.length - FrameSigner.LENGTH);
        ClusterEvent event = kind.fields().read(in, target.id());
        in.endRecord();
        if (!in.isAtEnd()) {
            throw FrameReader.malformed();
        }
        return new Frame(origin, event);
    }

    private void check(String channel, byte[] frame) {
        if (frame.length > MAX_BYTES) {
            throw new RejectedFrame(DropReason.TOO_LONG);
        }
        if (frame.length < MIN_BYTES) {
            throw FrameReader.malformed();
        }
        if (frame[0] != VERSION) {
            throw new RejectedFrame(DropReason.UNKNOWN_VERSION);
        }
        if (!tools.get().signer().isSigned(frame, channel)) {
            throw new RejectedFrame(DropReason.INVALID_SIGNATURE);
        }
    }

    private static FrameKind kindOf(byte[] frame) {
        FrameKind kind = FrameKind.ofCode(frame[KIND_AT] & 0xFF);
        if (kind == null) {
            throw new RejectedFrame(DropReason.UNKNOWN_KIND);
        }
        return kind;
    }
}
