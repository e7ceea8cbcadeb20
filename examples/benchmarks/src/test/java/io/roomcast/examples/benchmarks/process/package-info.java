/** Tests of commands and of what is read from {@code /proc}. */
@NullMarked
package io.roomcast.examples.benchmarks.process;

import org.jspecify.annotations.NullMarked;
