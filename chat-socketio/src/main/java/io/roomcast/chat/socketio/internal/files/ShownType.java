package io.roomcast.chat.socketio.internal.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The types of files that browsers may show. All of them are images, sounds or videos, which have no scripts. The first
 * bytes of a file must be those of its type, because a browser may look at them.
 */
enum ShownType {
    PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    GIF("image/gif", 0, "GIF8"),
    WEBP("image/webp", 8, "WEBP"),
    AVIF("image/avif", 4, "ftypavif"),
    MP4("video/mp4", 4, "ftyp"),
    WEBM("video/webm", 0, "\u001aE\u00df\u00a3"),
    MP3("audio/mpeg", 0, "ID3", "\u00ff\u00fb", "\u00ff\u00f3", "\u00ff\u00f2"),
    OGG("audio/ogg", 0, "OggS"),
    WAV("audio/wav", 8, "WAVE");

    /** The number of bytes at the beginning of a file that its type determines. */
    static final int BYTES = 16;

    private final String mimeType;
    private final int offset;
    private final String[] signatures;

    ShownType(String mimeType, int offset, String... signatures) {
        this.mimeType = mimeType;
        this.offset = offset;
        this.signatures = signatures;
    }

    /** Returns the type that a browser may show; empty if it should save the file instead. */
    static Optional<String> of(String mimeType, ByteBuffer beginning) {
        String stated = mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String text = StandardCharsets.ISO_8859_1.decode(beginning).toString();
        return Arrays.stream(values())
                .filter(type -> type.mimeType.equals(stated))
                .filter(type ->
                        Arrays.stream(type.signatures).anyMatch(signature -> text.startsWith(signature, type.offset)))
                .map(type -> type.mimeType)
                .findFirst();
    }
}
