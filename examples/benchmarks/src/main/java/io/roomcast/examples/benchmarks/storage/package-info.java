/** Measures the cost of storing a message; start at {@code StorageMain}. */
@NullMarked
package io.roomcast.examples.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
