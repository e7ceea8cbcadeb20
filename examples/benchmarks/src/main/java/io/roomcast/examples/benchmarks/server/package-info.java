/** The servers under test that run on the JVM, each one a program. */
@NullMarked
package io.roomcast.examples.benchmarks.server;

import org.jspecify.annotations.NullMarked;
