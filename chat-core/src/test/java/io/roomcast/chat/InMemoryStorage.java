package io.roomcast.chat;

import io.roomcast.chat.model.DirectTransfer;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.DirectStorage;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A host's own storage in memory. */
final class InMemoryStorage implements DirectStorage {
    static final Duration VALIDITY = Duration.ofHours(1);

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Clock clock;

    InMemoryStorage() {
        this(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /** Creates a storage whose URLs are valid for {@link #VALIDITY}. */
    InMemoryStorage(Clock clock) {
        this.clock = clock;
    }

    @Override
    public DirectTransfer upload(StoredFile file) {
        return new DirectTransfer(
                "https://storage.example/" + file.id(),
                "PUT",
                Map.of("x", "y"),
                clock.instant().plus(VALIDITY));
    }

    @Override
    public Optional<String> download(StoredFile file, String contentType, String contentDisposition) {
        return Optional.of("https://storage.example/" + file.id());
    }

    @Override
    public long size(String id) {
        return objects.getOrDefault(id, new byte[0]).length;
    }

    @Override
    public ReadableByteChannel read(String id, long from, long length) {
        byte[] bytes = objects.getOrDefault(id, new byte[0]);
        int begin = (int) Math.min(from, bytes.length);
        int end = (int) Math.min(bytes.length, begin + length);
        return Channels.newChannel(new ByteArrayInputStream(Arrays.copyOfRange(bytes, begin, end)));
    }

    @Override
    public void delete(String id) {
        objects.remove(id);
    }
}
