package io.roomcast.chat.socketio.internal.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The types of files that browsers may show. All of them are images, sounds or videos, which have no scripts. The first
 * bytes of a file must be those of its type, because a browser may look at them.
 */
enum ShownType {
    PNG("image/png", "\\x89PNG\\r\\n\\x1a\\n"),
    JPEG("image/jpeg", "\\xff\\xd8\\xff"),
    GIF("image/gif", "GIF8[79]a"),
    WEBP("image/webp", "RIFF.{4}WEBP"),
    AVIF("image/avif", "\\x00\\x00.{2}ftypavi[fs]"),
    MP4("video/mp4", "\\x00\\x00.{2}ftyp"),
    WEBM("video/webm", "\\x1aE\\xdf\\xa3"),
    MP3("audio/mpeg", "ID3[\\x02-\\x04]|\\xff[\\xf2\\xf3\\xfa\\xfb]"),
    OGG("audio/ogg", "OggS\\x00"),
    WAV("audio/wav", "RIFF.{4}WAVE");

    /** The number of bytes at the beginning of a file that its type determines. */
    static final int BYTES = 16;

    private final String mimeType;
    private final Pattern beginning;

    /**
     * Creates a type.
     *
     * @param beginning the first bytes, one character for each
     */
    ShownType(String mimeType, String beginning) {
        this.mimeType = mimeType;
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
    }

    /** Returns the type that a browser may show; empty if it should save the file instead. */
    static Optional<String> of(String mimeType, ByteBuffer beginning) {
        String stated = mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String text = StandardCharsets.ISO_8859_1.decode(beginning).toString();
        return Arrays.stream(values())
                .filter(type -> type.mimeType.equals(stated))
                .filter(type -> type.beginning.matcher(text).lookingAt())
                .map(type -> type.mimeType)
                .findFirst();
    }
}
