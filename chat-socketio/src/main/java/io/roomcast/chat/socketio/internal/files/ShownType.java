package io.roomcast.chat.socketio.internal.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The types of files that browsers may show. All of them are images, sounds or videos, which have no scripts. The first
 * bytes of a file must be those of its type, because a browser may look at them.
 */
enum ShownType {
    PNG("\\x89PNG\\r\\n\\x1a\\n", "image/png"),
    JPEG("\\xff\\xd8\\xff", "image/jpeg"),
    GIF("GIF8[79]a", "image/gif"),
    WEBP("RIFF.{4}WEBP", "image/webp"),
    AVIF("\\x00\\x00.{2}ftypavi[fs]", "image/avif"),
    MP4("\\x00\\x00.{2}ftyp", "video/mp4", "audio/mp4", "audio/x-m4a"),
    WEBM("\\x1aE\\xdf\\xa3", "video/webm", "audio/webm"),
    MP3("ID3[\\x02-\\x04]|\\xff[\\xf2\\xf3\\xfa\\xfb]", "audio/mpeg", "audio/mp3"),
    OGG("OggS\\x00", "audio/ogg", "video/ogg"),
    WAV("RIFF.{4}WAVE", "audio/wav", "audio/x-wav", "audio/wave");

    /** The number of bytes at the beginning of a file that its type determines. */
    static final int BYTES = 16;

    private final Pattern beginning;
    private final List<String> mimeTypes;

    /**
     * Creates a type.
     *
     * @param beginning the first bytes, one character for each
     * @param mimeTypes the names under which browsers send such files
     */
    ShownType(String beginning, String... mimeTypes) {
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
        this.mimeTypes = List.of(mimeTypes);
    }

    /** Returns the type that a browser may show; empty if it should save the file instead. */
    static Optional<String> of(String mimeType, ByteBuffer beginning) {
        String stated = mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String text = StandardCharsets.ISO_8859_1.decode(beginning).toString();
        return Arrays.stream(values())
                .filter(type -> type.beginning.matcher(text).lookingAt())
                .flatMap(type -> type.mimeTypes.stream())
                .filter(stated::equals)
                .findFirst();
    }
}
