package io.roomcast.chat.socketio.internal.netty;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * A part of Netty on the class path, with the location that it was loaded from.
 *
 * <p>The version is read from that location alone, because a class path may hold several versions of one part.
 *
 * @param artifact such as {@code netty-codec-http}
 * @param version the version in its own jar
 * @param place the jar or folder
 */
record NettyPart(String artifact, PartVersion version, String place) {
    private static final String VERSIONS = "META-INF/io.netty.versions.properties";

    /**
     * Finds a part by the location of one of its resources.
     *
     * @return empty if the location does not name a version, as in a shaded jar
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
