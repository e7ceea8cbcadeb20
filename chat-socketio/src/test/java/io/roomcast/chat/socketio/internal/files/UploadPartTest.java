package io.roomcast.chat.socketio.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roomcast.chat.socketio.internal.request.BodyMemory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UploadPartTest {
    private static final int READ = 65_536;
    private static final long ALL = 2 * UploadPart.MAX_BYTES;

    private static Arguments bound(String name, long memory, int size, int buffers) {
        return argumentSet(name, memory, size, buffers);
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                bound("the size of a part", ALL, READ, UploadPart.MAX_BYTES / READ),
                bound("the number of buffers", ALL, 1, 64),
                bound("memory for one more read", READ, READ, 2),
                bound("no memory", 0, READ, 1),
                bound("a large read", ALL, 2 * UploadPart.MAX_BYTES, 1));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void part_is_full_at_each_bound(long bytes, int size, int buffers) {
        BodyMemory memory = new BodyMemory(bytes);
        UploadPart part = new UploadPart(memory);
        ByteBuf read = Unpooled.buffer(size).writerIndex(size);
        int added = 1;
        while (part.add(read)) {
            added++;
        }
        assertThat(added).isEqualTo(buffers);
        assertThat(part.length()).isEqualTo(buffers * size);
        assertThat(part.bytes().stream().mapToInt(ByteBuffer::remaining).sum()).isEqualTo(part.length());
        part.clear();
        assertThat(memory.free()).isEqualTo(bytes);
        assertThat(read.refCnt()).isEqualTo(1);
    }

    @Test
    void cleared_part_is_empty_and_takes_bytes_again() {
        UploadPart part = new UploadPart(new BodyMemory(ALL));
        assertThat(part.isEmpty()).isTrue();
        part.clear();
        for (int i = 0; i < 2; i++) {
            assertThat(part.add(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}))).isTrue();
            assertThat(part.isEmpty()).isFalse();
            assertThat(part.bytes()).containsExactly(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            part.clear();
            assertThat(part.isEmpty()).isTrue();
            assertThat(part.length()).isZero();
        }
    }
}
