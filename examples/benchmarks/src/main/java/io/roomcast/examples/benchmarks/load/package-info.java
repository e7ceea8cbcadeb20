/** The load generator: handwritten clients of the Socket.IO protocol, which count and time what they receive. */
@NullMarked
package io.roomcast.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
