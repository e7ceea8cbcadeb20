/** The servers under test that run on the JVM, each a separate program. */
@NullMarked
package io.roomcast.examples.benchmarks.server;

import org.jspecify.annotations.NullMarked;
