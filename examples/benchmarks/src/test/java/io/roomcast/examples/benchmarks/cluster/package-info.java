@NullMarked
package io.roomcast.examples.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
