/** Tests of the options and of the report. */
@NullMarked
package io.roomcast.examples.benchmarks.run;

import org.jspecify.annotations.NullMarked;
