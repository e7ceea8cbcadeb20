package io.roomcast.examples.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Broadcasts one shared frame to each room, and flushes each connection once per loop iteration. Confined to one loop. */
final class BareRooms {
    private static final byte[] MIDDLE = ascii("\",\"message\":{\"id\":\"");
    private static final String ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final Map<String, Set<Channel>> rooms = new HashMap<>();
    private final Set<Channel> written = new LinkedHashSet<>();
    private final EventLoop loop;
    private long lastSeq;

    BareRooms(EventLoop loop) {
        this.loop = loop;
    }

    void join(String room, Channel channel) {
        rooms.computeIfAbsent(room, id -> new LinkedHashSet<>()).add(channel);
    }

    void leave(String room, Channel channel) {
        Set<Channel> members = rooms.getOrDefault(room, Set.of());
        if (members.remove(channel) && members.isEmpty()) {
            rooms.remove(room);
        }
    }

    void remove(Channel channel) {
        List.copyOf(rooms.keySet()).forEach(room -> leave(room, channel));
        written.remove(channel);
    }

    void send(byte[] room, byte[] sender, byte[] content) {
        ByteBuf frame = frame(room, sender, content);
        for (Channel member : rooms.getOrDefault(new String(room, StandardCharsets.US_ASCII), Set.of())) {
            flushLater(member);
            member.write(frame.retainedDuplicate(), member.voidPromise());
        }
        frame.release();
    }

    private void flushLater(Channel member) {
        if (written.isEmpty()) {
            loop.execute(this::flush);
        }
        written.add(member);
    }

    private void flush() {
        written.forEach(Channel::flush);
        written.clear();
    }

    /** Returns a frame with the same structure and length as Roomcast's. */
    private ByteBuf frame(byte[] room, byte[] sender, byte[] content) {
        byte[][] parts = {
            ascii("42[\"receiveMessage\",{\"conversationId\":\""),
            room,
            MIDDLE,
            ascii(ID + "\",\"_id\":\"" + ID + "\",\"conversationId\":\""),
            room,
            ascii("\",\"seq\":" + ++lastSeq + ",\"version\":0,\"senderId\":\""),
            sender,
            ascii("\",\"clientMessageId\":\"" + ID + "\",\"type\":\"text\",\"content\":\""),
            content,
            ascii("\",\"createdAt\":\"2026-01-01T00:00:00.000Z\"}}]"),
        };
        List<ByteBuf> payload = new ArrayList<>(parts.length);
        for (byte[] part : parts) {
            payload.add(Unpooled.wrappedBuffer(part));
        }
        return framed(payload);
    }

    private ByteBuf framed(List<ByteBuf> payload) {
        int length = payload.stream().mapToInt(ByteBuf::readableBytes).sum();
        ByteBuf frame = ByteBufAllocator.DEFAULT
                .directBuffer(length + 4)
                .writeByte(0x81)
                .writeByte(126)
                .writeShort(length);
        payload.forEach(frame::writeBytes);
        return frame;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
