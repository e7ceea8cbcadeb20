/** The load generator: clients of the Socket.IO protocol written by hand, which count and time what reaches them. */
@NullMarked
package io.roomcast.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
