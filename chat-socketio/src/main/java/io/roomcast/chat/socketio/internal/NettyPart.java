package io.roomcast.chat.socketio.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * A part of Netty that was found, with the place that it was loaded from.
 *
 * <p>The version is read from that place alone: a class path may hold several versions of one part.
 *
 * @param artifact such as {@code netty-codec-http}
 * @param version as its own jar says
 * @param place the jar or folder
 */
record NettyPart(String artifact, PartVersion version, String place) {
    private static final String VERSIONS = "META-INF/io.netty.versions.properties";

    /**
     * Looks at where a resource of the part comes from.
     *
     * @return empty if that place names no version, as in a jar that was put together from others
     */
    static Optional<NettyPart> at(String artifact, URL resource, String path) {
        String location = resource.toString();
        String root = location.substring(0, location.length() - path.length());
        return version(artifact, root).map(version -> new NettyPart(artifact, version, place(root)));
    }

    private static Optional<PartVersion> version(String artifact, String root) {
        Properties versions = new Properties();
        try (InputStream file = URI.create(root + VERSIONS).toURL().openStream()) {
            versions.load(file);
        } catch (IOException | IllegalArgumentException absent) {
            return Optional.empty();
        }
        return Optional.ofNullable(versions.getProperty(artifact + ".version")).flatMap(PartVersion::parse);
    }

    private static String place(String root) {
        String place =
                root.toLowerCase(Locale.ROOT).startsWith("jar:file:") ? root.substring("jar:file:".length()) : root;
        return place.endsWith("!/") ? place.substring(0, place.length() - 2) : place;
    }

    @Override
    public String toString() {
        return artifact + " " + version + " from " + place;
    }
}
