package io.roomcast.chat.socketio.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Jars of Netty as a host may bring them. */
record NettyJars(Path folder) {
    private static final String VERSIONS = "META-INF/io.netty.versions.properties";

    /** The class path of these tests with another jar in place of a part of Netty. */
    static List<Path> with(String artifact, Path jar) {
        return HostProcess.classPath().stream()
                .map(path -> isPart(path, artifact) ? jar : path)
                .toList();
    }

    /** The class path of these tests without a part of Netty. */
    static List<Path> without(String artifact) {
        return HostProcess.classPath().stream()
                .filter(path -> !isPart(path, artifact))
                .toList();
    }

    /** The jar of these tests for a part. */
    static Path present(String artifact) {
        return HostProcess.classPath().stream()
                .filter(path -> isPart(path, artifact))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isPart(Path path, String artifact) {
        return path.getFileName().toString().matches(artifact + "-\\d.*\\.jar");
    }

    /** The classes of a part, in a jar that says it is of another version. */
    Path relabelled(String artifact, String version) throws IOException {
        Path made = folder.resolve(artifact + "-" + version + ".jar");
        try (JarFile from = new JarFile(present(artifact).toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(made))) {
            for (JarEntry entry : from.stream().toList()) {
                to.putNextEntry(new JarEntry(entry.getName()));
                to.write(entry.getName().equals(VERSIONS) ? versions(artifact, version) : bytes(from, entry));
            }
        }
        return made;
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            return content.readAllBytes();
        }
    }

    private static byte[] versions(String artifact, String version) {
        return (artifact + ".version=" + version + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A native library that cannot be loaded, in a jar of a version. */
    Path nativeLibrary(String version) throws IOException {
        String artifact = "netty-transport-native-epoll";
        Path made = folder.resolve(artifact + "-" + version + ".jar");
        try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(made))) {
            to.putNextEntry(new JarEntry(VERSIONS));
            to.write(versions(artifact, version));
            for (String machine : List.of("x86_64", "aarch_64", "riscv64")) {
                to.putNextEntry(new JarEntry("META-INF/native/libnetty_transport_native_epoll_" + machine + ".so"));
                to.write(versions(artifact, version));
            }
        }
        return made;
    }

    /** The class path of these tests, with a jar more. */
    static List<Path> and(Path jar) {
        return Stream.concat(Stream.of(jar), HostProcess.classPath().stream()).toList();
    }
}
