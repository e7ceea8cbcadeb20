/** Generates load with minimal Socket.IO clients, which count and time the messages that they receive. */
@NullMarked
package io.roomcast.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
