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

/** Creates class paths with the Netty versions of hosts. */
record NettyJars(Path folder) {
    private static final String VERSIONS = "META-INF/io.netty.versions.properties";

    /** Returns the class path of these tests with another jar for one part of Netty. */
    static List<Path> with(String artifact, Path jar) {
        return HostProcess.classPath().stream()
                .map(path -> isPart(path, artifact) ? jar : path)
                .toList();
    }

    /** Returns the class path of these tests without one part of Netty. */
    static List<Path> without(String artifact) {
        return HostProcess.classPath().stream()
                .filter(path -> !isPart(path, artifact))
                .toList();
    }

    /** Returns the jar of a part on the class path of these tests. */
    static Path present(String artifact) {
        return HostProcess.classPath().stream()
                .filter(path -> isPart(path, artifact))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isPart(Path path, String artifact) {
        return path.getFileName().toString().matches(artifact + "-\\d.*\\.jar");
    }

    /** Copies the classes of a part to a jar that declares another version. */
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

    /** Creates a jar of the given version with a native library that cannot be loaded. */
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

    /** Returns the jar of Netty's native transport that the build has copied for these tests. */
    static Path realNativeLibrary() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "native-transport"))) {
            return jars.findFirst().orElseThrow();
        }
    }

    /** Returns the version in the name of a native library's jar. */
    static String version(Path library) {
        return library.getFileName().toString().replaceAll("^netty-transport-native-epoll-|-linux-.*", "");
    }

    /** Returns the class path of these tests with an additional jar. */
    static List<Path> and(Path jar) {
        return Stream.concat(Stream.of(jar), HostProcess.classPath().stream()).toList();
    }
}
