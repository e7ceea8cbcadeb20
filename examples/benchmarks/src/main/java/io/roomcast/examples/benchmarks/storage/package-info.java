/** Measures the cost of storing messages. Start at {@link io.roomcast.examples.benchmarks.storage.StorageMain}. */
@NullMarked
package io.roomcast.examples.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
