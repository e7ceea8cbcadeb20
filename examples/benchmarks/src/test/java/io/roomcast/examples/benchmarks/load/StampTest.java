package io.roomcast.examples.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class StampTest {
    @Test
    void stamp_isReadBackFromThePacket() {
        MessagePacket message = new MessagePacket("room", "user", 0xdeadbeef, 3, 200);
        long before = System.nanoTime();
        ByteBuf packet = Unpooled.wrappedBuffer(message.stamped(123_456));
        int mark = packet.indexOf(0, packet.writerIndex(), Stamp.MARK);

        assertThat(Stamp.run(packet, mark)).isEqualTo(0xdeadbeef);
        assertThat(Stamp.sender(packet, mark)).isEqualTo(3);
        assertThat(Stamp.counter(packet, mark)).isEqualTo(123_456);
        assertThat(Stamp.nanos(packet, mark)).isBetween(before, System.nanoTime());
    }
}
