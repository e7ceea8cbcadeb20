package io.roomcast.examples.chatserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * States which class data this JVM uses: an archive that {@code chat-server.sh} has made, or none and why. The JDK's own
 * archive does not count.
 */
final class ClassData {
    /** The system property with which the script says why there may be no class data. */
    static final String REASON = "roomcast.class-data";

    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final String WITHOUT_SCRIPT =
            "the server was started without chat-server.sh, which starts it better";
    private static final List<String> SUFFIXES = List.of(".jsa", ".aot");
    private static final int MEGABYTE = 1 << 20;

    private ClassData() {}

    /** Returns a description of the class data for the log. */
    static String describe() {
        String reason = System.getProperty(REASON, WITHOUT_SCRIPT);
        try {
            return describe(Files.readString(MAPPINGS, StandardCharsets.ISO_8859_1), reason);
        } catch (IOException absent) {
            return "not known on this system";
        }
    }

    /**
     * Returns a description of an archive among the mapped files.
     *
     * @param mappings the mapped files, as Linux lists them
     * @param reason why there is none
     */
    static String describe(String mappings, String reason) throws IOException {
        Optional<Path> archive = mappings.lines()
                .map(ClassData::archive)
                .filter(file -> file != null)
                .findFirst();
        return archive.isPresent()
                ? "archive of " + Files.size(archive.get()) / MEGABYTE + " MB, " + archive.get()
                : "none, because " + reason;
    }

    /** Returns the archive in a line of the mappings; null if it is another file or the JDK's own archive. */
    private static @Nullable Path archive(String line) {
        int path = line.indexOf('/');
        if (path < 0 || SUFFIXES.stream().noneMatch(line::endsWith)) {
            return null;
        }
        Path file = Path.of(line.substring(path));
        return file.startsWith(Path.of(System.getProperty("java.home"))) ? null : file;
    }
}
