package io.roomcast.chat.internal.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of frames, in network byte order, to a buffer that it uses again for the next frame. For one thread
 * at a time.
 */
final class FrameWriter {
    /** The length of a text that is null. */
    static final int NULL = -1;

    /** The instant that stands for null. */
    static final long NO_INSTANT = Long.MIN_VALUE;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int INITIAL = 1 << 10;

    /** A larger buffer, which a rare large frame needed, is not used again. */
    private static final int MAX_KEPT = 1 << 16;

    private byte[] buffer = new byte[INITIAL];
    private int size;

    /** Whether the record has ended with a later field. */
    private boolean isEnded;

    /** Drops what was written. */
    void reset() {
        size = 0;
        isEnded = false;
        if (buffer.length > MAX_KEPT) {
            buffer = new byte[INITIAL];
        }
    }

    private int advance(int bytes) {
        int at = size;
        size += bytes;
        if (size > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(size, 2 * buffer.length));
        }
        return at;
    }

    void writeByte(int value) {
        buffer[advance(Byte.BYTES)] = (byte) value;
    }

    void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    void writeInt(int value) {
        int at = advance(Integer.BYTES);
        INT.set(buffer, at, value);
    }

    void writeLong(long value) {
        int at = advance(Long.BYTES);
        LONG.set(buffer, at, value);
    }

    void writeInstant(@Nullable Instant instant) {
        writeLong(instant == null ? NO_INSTANT : instant.toEpochMilli());
    }

    void writeText(@Nullable String text) {
        if (text == null) {
            writeInt(NULL);
        } else {
            byte[] bytes = text.getBytes(UTF_8);
            writeInt(bytes.length);
            write(bytes, bytes.length);
        }
    }

    void writeTexts(List<String> texts) {
        writeList(texts, FrameWriter::writeText);
    }

    <T> void writeList(List<T> list, BiConsumer<FrameWriter, T> element) {
        writeInt(list.size());
        list.forEach(value -> element.accept(this, value));
    }

    /** Ends a record, without fields that earlier releases do not know unless {@link #endWith} has written one. */
    void endRecord() {
        if (!isEnded) {
            beginFields();
        }
        isEnded = false;
    }

    /** Ends the record with one {@linkplain #writeField field} that earlier releases skip. */
    void endWith(int tag, Runnable value) {
        writeField(beginFields(), tag, value);
        isEnded = true;
    }

    void writeOptionalLong(@Nullable Long value) {
        writeBoolean(value != null);
        writeLong(value == null ? 0 : value);
    }

    /** Ends the record, and begins its fields that earlier releases skip. Returns the index of their number. */
    int beginFields() {
        int countAt = size;
        writeByte(0);
        writeByte(0);
        return countAt;
    }

    /**
     * Writes a field that earlier releases skip.
     *
     * @param countAt the index of the number of these fields
     * @param tag identifies the field in its kind of record; never changed
     * @param value writes the field
     */
    void writeField(int countAt, int tag, Runnable value) {
        buffer[countAt + 1]++;
        writeByte(tag);
        int lengthAt = advance(Integer.BYTES);
        value.run();
        INT.set(buffer, lengthAt, size - lengthAt - Integer.BYTES);
    }

    /** Writes the first bytes of an array. */
    void write(byte[] bytes, int length) {
        int at = advance(length);
        System.arraycopy(bytes, 0, buffer, at, length);
    }

    int size() {
        return size;
    }

    /** Returns what was written, in an array whose later bytes are undefined. */
    byte[] buffer() {
        return buffer;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }
}
