package io.roomcast.chat.socketio.internal.netty;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * A part of Netty on the class path.
 *
 * <p>The version is read from the jar that the part was loaded from, because a class path may contain several versions.
 *
 * @param artifact the Maven artifact, such as {@code netty-codec-http}
 * @param version the version in its jar
 * @param location the jar or folder
 */
record NettyPart(String artifact, PartVersion version, String location) {
    private static final String VERSIONS = "META-INF/io.netty.versions.properties";

    /**
     * Finds a part by one of its resources.
     *
     * @return empty if its jar contains no version, as a shaded jar
     */
    static Optional<NettyPart> at(String artifact, URL resource, String path) {
        String url = resource.toString();
        String root = url.substring(0, url.length() - path.length());
        return version(artifact, root).map(version -> new NettyPart(artifact, version, location(root)));
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

    private static String location(String root) {
        String location =
                root.toLowerCase(Locale.ROOT).startsWith("jar:file:") ? root.substring("jar:file:".length()) : root;
        return location.endsWith("!/") ? location.substring(0, location.length() - 2) : location;
    }

    @Override
    public String toString() {
        return artifact + " " + version + " from " + location;
    }
}
