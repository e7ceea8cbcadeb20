/** Tests of when a measurement is disturbed. */
@NullMarked
package io.roomcast.examples.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
