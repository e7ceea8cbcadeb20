/** The servers under test that run on the JVM, each a program of its own. */
@NullMarked
package io.roomcast.examples.benchmarks.server;

import org.jspecify.annotations.NullMarked;
