/** Tests that the load generator sends its load and detects lost, repeated and reordered messages. */
@NullMarked
package io.roomcast.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
