/** Measures what the signalling of calls costs, and what ringing calls cost the chat beside them. */
@NullMarked
package io.roomcast.examples.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
