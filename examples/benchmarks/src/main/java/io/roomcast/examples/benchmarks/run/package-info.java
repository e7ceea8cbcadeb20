/** Runs scenarios against servers, one after another, and prints them side by side; {@code Main} is where it begins. */
@NullMarked
package io.roomcast.examples.benchmarks.run;

import org.jspecify.annotations.NullMarked;
