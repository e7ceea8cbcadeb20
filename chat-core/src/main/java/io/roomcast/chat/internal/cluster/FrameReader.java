package io.roomcast.chat.internal.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a frame. Every method throws {@link RejectedFrame} if the bytes do not hold the field. For one
 * thread.
 */
final class FrameReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Receives the fields of later releases. */
    @FunctionalInterface
    interface FieldListener {
        /** Reads a field if its tag is known. */
        void onField(int tag, FrameReader content);
    }

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Whether the later fields of the record were read. */
    private boolean isEnded;

    /**
     * Creates a reader.
     *
     * @param end the index after the last byte to read
     */
    FrameReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    static RejectedFrame malformed() {
        return new RejectedFrame(DropReason.MALFORMED);
    }

    private int advance(int length) {
        if (length < 0 || length > end - position) {
            throw malformed();
        }
        int at = position;
        position += length;
        return at;
    }

    int readByte() {
        return bytes[advance(Byte.BYTES)] & 0xFF;
    }

    boolean readBoolean() {
        return readByte() != 0;
    }

    int readInt() {
        return (int) INT.get(bytes, advance(Integer.BYTES));
    }

    long readLong() {
        return (long) LONG.get(bytes, advance(Long.BYTES));
    }

    /** Reads a number that counts something. */
    long readCount() {
        long count = readLong();
        if (count < 0) {
            throw malformed();
        }
        return count;
    }

    Instant readInstant() {
        Instant instant = readOptionalInstant();
        if (instant == null) {
            throw malformed();
        }
        return instant;
    }

    @Nullable
    Instant readOptionalInstant() {
        long millis = readLong();
        return millis == FrameWriter.NO_INSTANT ? null : Instant.ofEpochMilli(millis);
    }

    String readText() {
        String text = readOptionalText();
        if (text == null) {
            throw malformed();
        }
        return text;
    }

    @Nullable
    String readOptionalText() {
        int length = readInt();
        return length == FrameWriter.NULL ? null : new String(bytes, advance(length), length, UTF_8);
    }

    List<String> readTexts() {
        return readList(FrameReader::readText);
    }

    <T> List<T> readList(Function<FrameReader, T> element) {
        int size = readSize();
        List<T> list = size == 0 ? List.of() : new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(element.apply(this));
        }
        return list;
    }

    /** Reads the size of a list, whose elements have at least as many bytes as this number. */
    private int readSize() {
        int size = readInt();
        if (size < 0 || size > (end - position) / Integer.BYTES) {
            throw malformed();
        }
        return size;
    }

    <E extends Enum<E>> E readEnum(EnumCodes<E> codes) {
        E constant = codes.constantOf(readByte());
        if (constant == null) {
            throw malformed();
        }
        return constant;
    }

    @Nullable
    Long readOptionalLong() {
        boolean isPresent = readBoolean();
        long value = readLong();
        return isPresent ? value : null;
    }

    /** Ends the record, and passes the fields of later releases on. */
    void endRecord(FieldListener listener) {
        int fields = readByte() << Byte.SIZE | readByte();
        for (int i = 0; i < fields; i++) {
            int tag = readByte();
            int length = readInt();
            int start = advance(length);
            listener.onField(tag, new FrameReader(bytes, start, start + length));
        }
    }

    /** Skips the fields of later releases at the end of a record, unless {@link #readLater} has done so. */
    void endRecord() {
        if (!isEnded) {
            endRecord((tag, content) -> {});
        }
        isEnded = false;
    }

    /** Reads a field that {@link FrameWriter#endWith} has written, and skips all others. Returns null if there is none. */
    <T> @Nullable T readLater(int tag, Function<FrameReader, T> value) {
        List<T> found = new ArrayList<>(0);
        endRecord((other, content) -> {
            if (other == tag) {
                found.add(value.apply(content));
            }
        });
        isEnded = true;
        return found.isEmpty() ? null : found.get(0);
    }

    boolean isAtEnd() {
        return position == end;
    }
}
