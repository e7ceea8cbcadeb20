/** Runs scenarios against servers and prints a comparison. Start at {@link io.roomcast.examples.benchmarks.run.BenchmarkMain}. */
@NullMarked
package io.roomcast.examples.benchmarks.run;

import org.jspecify.annotations.NullMarked;
