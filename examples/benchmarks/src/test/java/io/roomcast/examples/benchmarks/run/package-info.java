/** Tests of the options, of the order of measurements, and of when they are repeated. */
@NullMarked
package io.roomcast.examples.benchmarks.run;

import org.jspecify.annotations.NullMarked;
