/** JMH benchmarks of single steps of message handling; {@code run.sh micro} runs them. */
@NullMarked
package io.roomcast.examples.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
