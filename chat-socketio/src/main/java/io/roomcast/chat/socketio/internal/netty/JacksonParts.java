package io.roomcast.chat.socketio.internal.netty;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks whether the server supports the Jackson version on the class path. */
public final class JacksonParts {
    private static final PartVersion MIN_VERSION = new PartVersion(2, 18, 0, "2.18");

    private JacksonParts() {}

    /** Returns an error for each part of Jackson that is missing or too old. Accepts a part of unknown version. */
    public static List<String> errors() {
        return Stream.of(check("jackson-core", JacksonParts::core), check("jackson-databind", JacksonParts::databind))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String core() {
        return com.fasterxml.jackson.core.json.PackageVersion.VERSION.toString();
    }

    private static String databind() {
        return com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString();
    }

    private static Optional<String> check(String artifact, Supplier<String> found) {
        try {
            return PartVersion.parse(found.get())
                    .filter(version -> version.compareTo(MIN_VERSION) < 0)
                    .map(version -> line(artifact + " " + version));
        } catch (NoClassDefFoundError missing) {
            return Optional.of(line(artifact + " is missing"));
        }
    }

    private static String line(String found) {
        return "jackson: " + found + " (expected: " + MIN_VERSION + " or newer)";
    }
}
