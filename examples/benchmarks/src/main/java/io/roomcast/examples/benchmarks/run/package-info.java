/** Runs scenarios against servers, one after another, and prints them side by side; start at {@code Main}. */
@NullMarked
package io.roomcast.examples.benchmarks.run;

import org.jspecify.annotations.NullMarked;
