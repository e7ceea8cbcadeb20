/** Measures how fast a follower that is far behind receives what it has missed. */
@NullMarked
package io.roomcast.examples.benchmarks.followers;

import org.jspecify.annotations.NullMarked;
