package io.roomcast.examples.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Creates folders for the data of servers. */
final class Folders {
    private Folders() {}

    /** Returns the folder, empty. Deletes what is in it. */
    static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
        return folder;
    }
}
