package io.roomcast.chat.socketio.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a folder of the class path into memory, once. */
final class PageFiles {
    private static final String INDEX = "index.html";

    private PageFiles() {}

    /**
     * The folder's files by their paths below it, which begin with a slash.
     *
     * @throws IllegalArgumentException if the folder has no index page
     */
    static Map<String, byte[]> read(ClassLoader loader, String folder) {
        URL index = loader.getResource(folder + "/" + INDEX);
        if (index == null) {
            throw new IllegalArgumentException("page: " + folder + " (expected: a folder with an " + INDEX + ")");
        }
        try {
            URI uri = index.toURI();
            return uri.getScheme().equals("jar") ? readJar(uri) : readFolder(parent(Path.of(uri)));
        } catch (URISyntaxException | IOException unreadable) {
            throw new UncheckedIOException(new IOException("page: " + folder + " cannot be read", unreadable));
        }
    }

    private static Map<String, byte[]> readJar(URI index) throws IOException {
        String[] parts = index.toString().split("!", 2);
        try (FileSystem jar = FileSystems.newFileSystem(URI.create(parts[0]), Map.of())) {
            return readFolder(parent(jar.getPath(parts[1])));
        }
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
