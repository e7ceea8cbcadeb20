package io.roomcast.chat.socketio.internal.netty;

import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether the server supports the Netty version on the class path. */
public final class NettyParts {
    private static final Logger log = LoggerFactory.getLogger(NettyParts.class);
    private static final PartVersion LEAST = new PartVersion(4, 1, 118, "4.1.118.Final");

    /** The oldest version of each line without known vulnerabilities in its HTTP codec. */
    private static final List<PartVersion> MENDED =
            List.of(new PartVersion(4, 1, 138, "4.1.138.Final"), new PartVersion(4, 2, 18, "4.2.18.Final"));

    private NettyParts() {}

    /**
     * Returns one line for each part of Netty that is missing, too old, or from a different line than the others. A
     * part of unknown version is accepted.
     */
    public static List<String> mistakes() {
        List<String> missing = NettyProbe.ALL.stream()
                .filter(NettyProbe::isMissing)
                .map(probe -> mistake(probe.artifacts().get(0) + " is missing"))
                .toList();
        return missing.isEmpty() ? mistakes(found()) : missing;
    }

    private static List<String> mistakes(List<NettyPart> parts) {
        List<String> old = parts.stream()
                .filter(part -> part.version().compareTo(LEAST) < 0)
                .map(part -> mistake(part.toString()))
                .toList();
        return old.isEmpty()
                ? mixed(parts, other -> !other.isOfLine(parts.get(0).version()))
                : old;
    }

    private static String mistake(String found) {
        return "netty: " + found + " (expected: " + LEAST + " or newer)";
    }

    private static List<String> mixed(List<NettyPart> parts, Predicate<PartVersion> isOther) {
        return parts.stream()
                .filter(part -> isOther.test(part.version()))
                .map(other -> "netty: " + other + " beside " + parts.get(0) + " (expected: one version of all parts)")
                .toList();
    }

    /** Logs a warning about mixed versions and about an HTTP codec with known vulnerabilities. */
    public static void warn() {
        List<NettyPart> parts = found();
        mixed(parts, other -> !other.equals(parts.get(0).version())).stream()
                .limit(1)
                .forEach(log::warn);
        parts.stream()
                .filter(part -> part.artifact().equals("netty-codec-http") && isFaulty(part.version()))
                .forEach(codec ->
                        log.warn("netty: {} has known security faults (expected: {} or newer)", codec, MENDED));
    }

    private static boolean isFaulty(PartVersion version) {
        return MENDED.stream().anyMatch(mended -> mended.isOfLine(version) && version.compareTo(mended) < 0);
    }

    private static List<NettyPart> found() {
        return NettyProbe.ALL.stream().flatMap(probe -> probe.part().stream()).toList();
    }
}
