/** Formats measurements as Markdown, in the shape that the document has. */
@NullMarked
package io.roomcast.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
