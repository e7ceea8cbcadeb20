/** Starts processes, and reads from {@code /proc} what they use. */
@NullMarked
package io.roomcast.examples.benchmarks.process;

import org.jspecify.annotations.NullMarked;
