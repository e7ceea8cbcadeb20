/** Tests of the servers that are measured. */
@NullMarked
package io.roomcast.examples.benchmarks.target;

import org.jspecify.annotations.NullMarked;
