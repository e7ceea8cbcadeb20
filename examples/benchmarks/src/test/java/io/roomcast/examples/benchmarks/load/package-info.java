/** That the generator carries a load, and that it notices what goes wrong. */
@NullMarked
package io.roomcast.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
