package io.roomcast.chat.socketio.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Reads a folder of the class path into memory. */
final class PageFiles {
    private static final String INDEX = "index.html";

    private PageFiles() {}

    /**
     * Returns the files by their paths, relative to the folder and with a leading slash. Blocks.
     *
     * @throws IllegalArgumentException if the folder has no {@code index.html}
     */
    static Map<String, byte[]> read(ClassLoader loader, String folder) {
        URL index = loader.getResource(folder + "/" + INDEX);
        if (index == null) {
            throw new IllegalArgumentException("page: " + folder + " (expected: a folder with an " + INDEX + ")");
        }
        try {
            return index.openConnection() instanceof JarURLConnection entry
                    ? readJar(entry)
                    : readFolder(parent(Path.of(index.toURI())));
        } catch (URISyntaxException | IOException unreadable) {
            throw new UncheckedIOException(new IOException("page: " + folder + " cannot be read", unreadable));
        }
    }

    /** Reads the files from its own instance of the jar, so that closing it does not affect other users of the jar. */
    private static Map<String, byte[]> readJar(JarURLConnection index) throws IOException {
        index.setUseCaches(false);
        String entry = index.getEntryName();
        String folder = entry.substring(0, entry.length() - INDEX.length());
        Map<String, byte[]> files = new HashMap<>();
        try (JarFile jar = index.getJarFile()) {
            for (JarEntry file : filesBelow(jar, folder)) {
                try (InputStream content = jar.getInputStream(file)) {
                    files.put("/" + file.getName().substring(folder.length()), content.readAllBytes());
                }
            }
        }
        return Map.copyOf(files);
    }

    private static List<JarEntry> filesBelow(JarFile jar, String folder) {
        return jar.stream()
                .filter(file -> !file.isDirectory() && file.getName().startsWith(folder))
                .toList();
    }

    private static Path parent(Path index) throws IOException {
        Path parent = index.getParent();
        if (parent == null) {
            throw new IOException(index + " has no folder");
        }
        return parent;
    }

    private static Map<String, byte[]> readFolder(Path folder) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (Path file : filesBelow(folder)) {
            files.put("/" + folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return Map.copyOf(files);
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
