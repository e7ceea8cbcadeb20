/** The scenarios in which servers are measured; {@link io.roomcast.examples.benchmarks.scenario.Scenarios} lists them. */
@NullMarked
package io.roomcast.examples.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
