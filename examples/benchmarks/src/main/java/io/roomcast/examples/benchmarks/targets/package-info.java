/** The servers that are measured, and the commands that start them. */
@NullMarked
package io.roomcast.examples.benchmarks.targets;

import org.jspecify.annotations.NullMarked;
