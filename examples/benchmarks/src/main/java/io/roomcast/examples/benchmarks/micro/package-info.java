/** Measures single steps on the way of a message with JMH; {@code run.sh micro} runs them. */
@NullMarked
package io.roomcast.examples.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
