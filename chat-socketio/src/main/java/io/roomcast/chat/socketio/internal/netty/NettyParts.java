package io.roomcast.chat.socketio.internal.netty;

import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether the server supports the Netty version on the class path. */
public final class NettyParts {
    private static final Logger log = LoggerFactory.getLogger(NettyParts.class);
    private static final PartVersion MIN_VERSION = new PartVersion(4, 1, 118, "4.1.118.Final");

    /** The oldest version of each minor version without known vulnerabilities in its HTTP codec. */
    private static final List<PartVersion> FIXED =
            List.of(new PartVersion(4, 1, 138, "4.1.138.Final"), new PartVersion(4, 2, 18, "4.2.18.Final"));

    private NettyParts() {}

    /**
     * Returns an error for each part of Netty that is missing, too old, or of another minor version than the first part.
     * Accepts a part of unknown version.
     */
    public static List<String> errors() {
        List<String> missing = NettyProbe.ALL.stream()
                .filter(NettyProbe::isMissing)
                .map(probe -> error(probe.artifacts().get(0) + " is missing"))
                .toList();
        return missing.isEmpty() ? errors(found()) : missing;
    }

    private static List<String> errors(List<NettyPart> parts) {
        List<String> old = parts.stream()
                .filter(part -> part.version().compareTo(MIN_VERSION) < 0)
                .map(part -> error(part.toString()))
                .toList();
        return old.isEmpty()
                ? mixed(parts, other -> !other.hasMinorOf(parts.get(0).version()))
                : old;
    }

    private static String error(String found) {
        return "netty: " + found + " (expected: " + MIN_VERSION + " or newer)";
    }

    private static List<String> mixed(List<NettyPart> parts, Predicate<PartVersion> isOther) {
        return parts.stream()
                .filter(part -> isOther.test(part.version()))
                .map(other -> "netty: " + other + " beside " + parts.get(0) + " (expected: one version of all parts)")
                .toList();
    }

    /**
     * Logs a warning if versions are mixed, if the native transport cannot be used because of its version, and if the HTTP
     * codec has known vulnerabilities.
     */
    public static void warn() {
        NativeTransport.warning().ifPresent(log::warn);
        List<NettyPart> parts = found();
        mixed(parts, other -> !other.equals(parts.get(0).version())).stream()
                .limit(1)
                .forEach(log::warn);
        parts.stream()
                .filter(part -> part.artifact().equals("netty-codec-http") && isVulnerable(part.version()))
                .forEach(
                        codec -> log.warn("netty: {} has known vulnerabilities (expected: {} or newer)", codec, FIXED));
    }

    private static boolean isVulnerable(PartVersion version) {
        return FIXED.stream().anyMatch(fixed -> fixed.hasMinorOf(version) && version.compareTo(fixed) < 0);
    }

    private static List<NettyPart> found() {
        return NettyProbe.ALL.stream().flatMap(probe -> probe.part().stream()).toList();
    }
}
