/** Tests of medians and tables, and of the document that shows them. */
@NullMarked
package io.roomcast.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
