package io.roomcast.examples.benchmarks.targets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server gets to run with. Immutable.
 *
 * @param jvmOptions the options of servers on the JVM
 * @param databaseUri the connection string of the database, if the server uses one
 * @param data the folder of the embedded store
 */
public record Resources(List<String> jvmOptions, Optional<String> databaseUri, Path data) {}
