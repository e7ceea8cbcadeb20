package io.roomcast.examples.benchmarks.run;

import java.time.Duration;

/**
 * How long a part of a scenario takes.
 *
 * @param warmUp before anything is measured, for compilers
 * @param measure while it is measured
 */
record Timing(Duration warmUp, Duration measure) {}
