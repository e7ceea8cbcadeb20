/** Measures what storing a message costs; {@code StorageMain} is where it begins. */
@NullMarked
package io.roomcast.examples.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
