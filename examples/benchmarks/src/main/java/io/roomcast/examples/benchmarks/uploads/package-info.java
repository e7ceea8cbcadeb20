/** Measures what uploads cost, and what they cost the chat beside them. */
@NullMarked
package io.roomcast.examples.benchmarks.uploads;

import org.jspecify.annotations.NullMarked;
