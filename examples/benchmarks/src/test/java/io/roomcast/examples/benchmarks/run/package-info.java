/** That a run's arguments and results are what they seem. */
@NullMarked
package io.roomcast.examples.benchmarks.run;

import org.jspecify.annotations.NullMarked;
